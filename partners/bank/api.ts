/**
 * What the shop asks of the bank: statements and transfers, on the paths of the Berlin Group's NextGenPSD2, in documents of ISO 20022, signed as
 * RFC 9421 says.
 */
import type { IncomingMessage } from 'node:http';
import { admission } from '../shared/admission.ts';
import type { Faults } from '../shared/faults.ts';
import { type Answered, type Call, HANG_UP, HttpError, type Route } from '../shared/http.ts';
import type { Account } from './account.ts';
import { type BankSecrets, knownKeys } from './identity.ts';

/**
 * What can go wrong: a request is not carried out (`ignored`), or it is and the answer is lost (`lost`), or says that the bank failed (`system-error`
 * without an effect, `system-error-after` with it). A transfer can stay `pending`, be `rejected`, or be refused while the account has too little (`no-funds`). A statement can be
 * `garbled`, or lack an entry (`gap`).
 */
export const FAULTS = [
  'ignored',
  'lost',
  'system-error',
  'system-error-after',
  'pending',
  'rejected',
  'no-funds',
  'garbled',
  'gap',
] as const;
type Fault = (typeof FAULTS)[number];

interface ApiOptions {
  readonly account: Account;
  readonly faults: Faults<Fault>;
  readonly secrets: BankSecrets;
}

type CarryOut = (call: Call, fault: Fault | undefined) => Answered;

const XML = { 'content-type': 'application/xml' };
const PRODUCT = 'pain.001-credit-transfers';
const ENDS = { pending: 'PDNG', rejected: 'RJCT' } as const;

export function apiRoutes({ account, faults, secrets }: ApiOptions): Route[] {
  const admit = admission(knownKeys(secrets));
  const route = (
    operation: 'transactions' | 'transfer' | 'status',
    method: 'GET' | 'POST',
    path: RegExp,
    carryOut: CarryOut,
  ): Route => ({
    method,
    path,
    handle: async (call) => {
      const { target: url, headers, text } = call;
      await admit({ request: { method, url, headers } as IncomingMessage, text });
      const fault = faults.take(operation);
      if (fault === 'ignored') return HANG_UP;
      if (fault === 'system-error') throw new HttpError(500, 'INTERNAL_SERVER_ERROR');
      const answer = carryOut(call, fault);
      if (fault === 'lost') return HANG_UP;
      if (fault === 'system-error-after') throw new HttpError(500, 'INTERNAL_SERVER_ERROR');
      return answer;
    },
  });

  return [
    route(
      'transactions',
      'GET',
      /^\/v1\/accounts\/(?<iban>[A-Z0-9]{15,34})\/transactions$/,
      ({ params, query }, fault) => {
        if (params['iban'] !== secrets.account.iban) throw new HttpError(404, 'RESOURCE_UNKNOWN');
        const statement = account.statement(query.get('entryReferenceFrom') ?? undefined);
        return { status: 200, body: marred(statement, fault), headers: XML };
      },
    ),
    route('transfer', 'POST', new RegExp(`^/v1/payments/${PRODUCT}$`), ({ text }, fault) => {
      if (fault === 'no-funds') throw new HttpError(403, 'FUNDS_NOT_AVAILABLE');
      const end = fault === 'pending' || fault === 'rejected' ? ENDS[fault] : 'ACSC';
      const { messageId, status } = account.order(text, end);
      return { status: 201, body: { paymentId: messageId, transactionStatus: status } };
    }),
    route('status', 'GET', new RegExp(`^/v1/payments/${PRODUCT}/(?<id>[\\w-]{1,35})/status$`), ({ params }) => ({
      status: 200,
      body: account.report(params['id']!),
    })),
  ];
}

function marred(statement: string, fault: Fault | undefined): string {
  if (fault === 'garbled') return statement.slice(0, statement.length / 2);
  return fault === 'gap' ? statement.replace(/<Ntry>.*<\/Ntry>/, '') : statement;
}
