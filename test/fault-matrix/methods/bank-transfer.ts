import { BankChannel } from '../../../functions/payments/adapters/bank/bank-channel.ts';
import { BankPayouts } from '../../../functions/payments/adapters/bank/bank-payouts.ts';
import { statementIn } from '../../../functions/payments/adapters/bank/camt053.ts';
import { parseBankCredential } from '../../../functions/payments/adapters/bank/credential.ts';
import { referenceOf } from '../../../functions/payments/adapters/bank/creditor-reference.ts';
import { isOurPayout } from '../../../functions/payments/adapters/bank/our-payouts.ts';
import { bankExchange } from '../../../functions/payments/adapters/bank/signed-exchange.ts';
import { PaidAtCheckout } from '../../../functions/payments/adapters/paid-at-checkout.ts';
import { BANK } from '../../../functions/payments/adapters/partner.ts';
import { readStatements } from '../../../functions/payments/application/read-statements.ts';
import type { StatementMark } from '../../../functions/payments/domain/bank-statement.ts';
import { TRANSFER } from '../../../functions/published/transfer-log.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { Account } from '../../../partners/bank/account.ts';
import { apiRoutes, FAULTS } from '../../../partners/bank/api.ts';
import { credentialRoute, newSecrets } from '../../../partners/bank/identity.ts';
import type { BankMovement } from '../../../partners/bank/protocol.ts';
import { Faults } from '../../../partners/shared/faults.ts';
import { Ledger } from '../../../partners/shared/ledger.ts';
import { entriesByOrder } from '../../crash/channel-ledgers.ts';
import { VirtualPartner } from '../../fault/virtual/partner.ts';
import { InMemoryEventLog } from '../../support/fakes/in-memory-event-log.ts';
import { credentialFrom, refundsOf } from './common.ts';
import type { Method } from './method.ts';

const secrets = newSecrets();
const { account: ours } = secrets;
const credential = parseBankCredential(credentialFrom(credentialRoute(secrets)));
const credentials = { current: async () => credential };
const account = async () => credential.account;
const { name } = BANK;
const { iban } = ours;
const IBAN = 'DE89370400440532013000';

export const bankTransfer: Method = {
  type: 'bank_transfer',
  // A bank refuses a transfer before the shop knows of it.
  paymentOf: (will) => (['is refused', 'pays no more'].includes(will) ? undefined : { type: 'bank_transfer' }),
  adjustable: false,
  refundsFailLater: false,
  till({ time, random }) {
    const ledger = new Ledger<BankMovement>();
    const { now } = time;
    const bank = new Account(ledger, ours);
    const orders = new Map<string, OrderId>();
    let mark: StatementMark | undefined;
    return {
      readers: {},
      act: (orderId, how, { amount, currency }) => {
        const reference = referenceOf(orderId);
        if (!orders.has(reference)) throw new Error('The customer knows no reference.');
        const debtor = { name: orderId, iban: IBAN };
        const transfer = { reference, amount, currency, debtor, asText: false, isReturn: false };
        if (how === 'pay') bank.receive(transfer);
      },
      // Without the network: no Task reads statements.
      look: ({ log }) =>
        readStatements({
          log,
          now,
          statements: { after: async (entryId) => statementIn(bank.statement(entryId), iban) },
          references: { find: async (asked) => asked.map((each) => orders.get(each)).find(Boolean) },
          marks: {
            find: async () => mark,
            move: async (next) => {
              mark = next;
              return true;
            },
          },
          transfers: { keep: ({ transferId }) => Promise.reject(new Error(`Nobody knows what ${transferId} is for.`)) },
          transferLog: new InMemoryEventLog(TRANSFER),
          isOurPayout,
          bankMonitor: { gap: () => {}, unknown: () => {}, waiting: () => {}, stranded: () => {} },
        }),
      entries: () => entriesByOrder([], ledger.page({ after: 0, limit: 1_000 })),
      channel: {
        method: 'bank_transfer',
        name,
        partner: new VirtualPartner(apiRoutes({ account: bank, faults: new Faults(FAULTS), secrets }), time, random),
        // The bank looks at its own clock, which no test moves.
        signed: (exchange) => bankExchange({ exchange, credentials, observer: { refused: () => {} }, now: Date.now }),
        gatewayOver: (exchange, log) =>
          new PaidAtCheckout({
            channel: new BankChannel({
              bank: new BankPayouts({ exchange, account, now }),
              account,
              log,
              references: { keep: async (reference, orderId) => void orders.set(reference, orderId) },
            }),
            refunds: refundsOf(log),
          }),
        payoutsOver: (exchange) => new BankPayouts({ exchange, account, now }),
      },
    };
  },
};
