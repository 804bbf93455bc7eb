import { Faults } from '../shared/faults.ts';
import { keepSecrets, keptSecrets } from '../shared/kept-secrets.ts';
import { Ledger } from '../shared/ledger.ts';
import { Notifier } from '../shared/notifier.ts';
import { commonRoutes } from '../shared/routes.ts';
import type { Program } from '../shared/run-program.ts';
import { apiRoutes, FAULTS } from './api.ts';
import { customerRoutes } from './customer.ts';
import { credentialRoute, newSecrets, renewalRoute } from './identity.ts';
import { Orders } from './orders.ts';
import type { OrderMovement } from './protocol.ts';
import { statementRoutes } from './statement.ts';

/** 15 s, 15 s, 30 s, 3 m, 10 m, 20 m, 3 × 30 m, 60 m, 3 × 3 h, 2 × 6 h: the repetitions of WeChat Pay. */
const REPEAT_AFTER_SECONDS = [
  15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600, 10_800, 10_800, 10_800, 21_600, 21_600,
];

/** @param dataFile the SQLite file of the ledger; the keys, and where notifications go, are in files beside it. Without one all is in memory */
export function wechatPay(dataFile?: string): Program {
  const keysFile = dataFile && `${dataFile}.keys.json`;
  const secrets = keptSecrets(keysFile, newSecrets);
  const ledger = new Ledger<OrderMovement>(dataFile);
  const notifier = new Notifier(REPEAT_AFTER_SECONDS, dataFile && `${dataFile}.merchant`);
  const faults = new Faults(FAULTS);
  const orders = new Orders({ ledger, notifier, secrets, now: Date.now });
  return {
    routes: [
      ...commonRoutes(ledger),
      ...apiRoutes({ orders, faults, secrets, now: Date.now, bills: statementRoutes(ledger) }),
      ...customerRoutes(orders, secrets),
      ...notifier.routes,
      faults.route,
      credentialRoute(secrets),
      renewalRoute(secrets, () => keepSecrets(keysFile, secrets)),
    ],
    close: () => ledger.close(),
  };
}
