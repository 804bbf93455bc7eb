import * as z from 'zod';
import { Faults } from '../shared/faults.ts';
import { parse, type Route } from '../shared/http.ts';
import { keptSecrets } from '../shared/kept-secrets.ts';
import { Ledger } from '../shared/ledger.ts';
import { commonRoutes } from '../shared/routes.ts';
import type { Program } from '../shared/run-program.ts';
import { Account } from './account.ts';
import { apiRoutes, FAULTS } from './api.ts';
import { credentialRoute, newSecrets } from './identity.ts';
import { type BankMovement, payout, STATUSES, transfer } from './protocol.ts';

/** @param dataFile the SQLite file of the ledger; the keys are in a file beside it. Without one both are in memory */
export function bank(dataFile?: string): Program {
  const secrets = keptSecrets(dataFile && `${dataFile}.keys.json`, newSecrets);
  const ledger = new Ledger<BankMovement>(dataFile);
  const faults = new Faults(FAULTS);
  const account = new Account(ledger, secrets.account);
  return {
    routes: [
      ...commonRoutes(ledger),
      ...apiRoutes({ account, faults, secrets }),
      ...testRoutes(account),
      faults.route,
      credentialRoute(secrets),
    ],
    close: () => ledger.close(),
  };
}

const end = z.strictObject({ as: z.enum(STATUSES).default('ACSC') });

/** What payers and the bank do, as a test wants it. */
const testRoutes = (account: Account): Route[] => [
  {
    method: 'POST',
    path: /^\/v1\/transfers$/,
    handle: ({ body }) => ({ status: 201, body: { entry: account.receive(parse(transfer, body)) } }),
  },
  {
    method: 'POST',
    path: /^\/v1\/payouts$/,
    handle: ({ body }) => ({ status: 201, body: { entry: account.payOut(parse(payout, body)) } }),
  },
  {
    method: 'POST',
    path: /^\/v1\/transfers\/(?<id>[\w-]{1,35})\/end$/,
    handle: ({ params, body = {} }) => {
      account.end(params['id']!, parse(end, body).as);
      return { status: 200, body: { status: account.statusOf(params['id']!) } };
    },
  },
];
