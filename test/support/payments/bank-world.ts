/** The shop's account at the simulated bank, with orders whose payments are transferred. */

import { BankChannel } from '../../../functions/payments/adapters/bank/bank-channel.ts';
import { BankPayouts } from '../../../functions/payments/adapters/bank/bank-payouts.ts';
import { BankAccountStatements } from '../../../functions/payments/adapters/bank/bank-statements.ts';
import { parseBankCredential } from '../../../functions/payments/adapters/bank/credential.ts';
import { referenceOf } from '../../../functions/payments/adapters/bank/creditor-reference.ts';
import { isOurPayout } from '../../../functions/payments/adapters/bank/our-payouts.ts';
import { bankExchange } from '../../../functions/payments/adapters/bank/signed-exchange.ts';
import { refundNumberOf } from '../../../functions/payments/adapters/our-number.ts';
import { PaidAtCheckout } from '../../../functions/payments/adapters/paid-at-checkout.ts';
import { authorisePayment } from '../../../functions/payments/application/authorise.ts';
import { capturePayment } from '../../../functions/payments/application/capture.ts';
import { decideTransfer } from '../../../functions/payments/application/decide-transfer.ts';
import { noticeRefunds } from '../../../functions/payments/application/notice-refunds.ts';
import { readStatements } from '../../../functions/payments/application/read-statements.ts';
import { returnTransfers } from '../../../functions/payments/application/return-transfers.ts';
import { settleTransfers } from '../../../functions/payments/application/settle-transfers.ts';
import { voidPayment } from '../../../functions/payments/application/void.ts';
import type { StatementMark } from '../../../functions/payments/domain/bank-statement.ts';
import { refundsOnRecord } from '../../../functions/payments/domain/refunds-on-record.ts';
import type {
  OrderEvent,
  RecordedOrderEvent,
  TaskOpened,
  TaskResumed,
} from '../../../functions/published/order-events.ts';
import { parseTransferId } from '../../../functions/published/transfer-events.ts';
import { TRANSFER } from '../../../functions/published/transfer-log.ts';
import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { nodeExchange } from '../../../functions/shared/outbound/http-exchange.ts';
import { bank } from '../../../partners/bank/program.ts';
import { InMemoryEventLog } from '../fakes/in-memory-event-log.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryUnmatchedTransfers } from '../fakes/in-memory-unmatched-transfers.ts';
import { created, newEvent, ORDER_ID } from '../orders/streams.ts';
import { directExchange } from '../partners/direct-exchange.ts';
import { serveChannel } from './served-channel.ts';

const TIMEOUT_MS = 10_000;
const OPERATOR = { type: 'operator', id: 'O1' } as const;

type TransferChoice =
  | { readonly type: 'match'; readonly orderId: OrderId }
  | { readonly type: 'return' | 'done_outside'; readonly reason: string };

export type BankFault =
  | 'ignored'
  | 'lost'
  | 'system-error'
  | 'system-error-after'
  | 'pending'
  | 'rejected'
  | 'no-funds'
  | 'garbled'
  | 'gap';

/** One order that is paid by transfer, placed a moment ago, and a bank of its own. */
export async function bankWorld() {
  const served = await serveChannel(bank());
  const log = new InMemoryOrderLog();
  const credential = parseBankCredential(JSON.stringify(await served.ask('GET', '/v1/credential')));
  const account = async () => credential.account;
  const seen: string[] = [];
  const way = { exchange: nodeExchange, observer: { refused: () => undefined }, now: Date.now };
  const exchange = directExchange({
    baseUrl: served.url,
    timeoutMs: TIMEOUT_MS,
    exchange: bankExchange({ ...way, credentials: { current: async () => credential } }),
  });
  const payouts = new BankPayouts({ exchange, account, now: Date.now });
  const known = new Map<string, OrderId>();
  let mark: StatementMark | undefined;
  let waiting = 0;
  const transfers = new InMemoryUnmatchedTransfers();
  const transferLog = new InMemoryEventLog(TRANSFER);
  const gateway = new PaidAtCheckout({
    channel: new BankChannel({
      bank: payouts,
      account,
      log,
      references: { keep: async (reference, orderId) => void known.set(reference, orderId) },
    }),
    refunds: async (orderId) => refundsOnRecord(await log.read(orderId)),
  });
  const deps = {
    log,
    now: Date.now,
    gateways: { bank_transfer: gateway },
    payouts,
    transfers,
    transferLog,
    isOurPayout,
    statements: new BankAccountStatements({ exchange, account }),
    references: { find: async (asked: readonly string[]) => asked.map((each) => known.get(each)).find(Boolean) },
    marks: {
      find: async () => mark,
      move: async (next: StatementMark) => {
        mark = next;
        return true;
      },
    },
    settings: async () => DEFAULT_CONFIGURATION.recovery,
    bankMonitor: {
      gap: (detail: string) => void seen.push(`gap: ${detail}`),
      unknown: () => void seen.push('unknown'),
      waiting: (count: number) => {
        waiting = count;
      },
      stranded: () => void seen.push('stranded'),
    },
  };
  const record = async (...events: readonly OrderEvent[]) => {
    const { length } = await log.read(ORDER_ID);
    const at = new Date().toISOString();
    await log.append(
      ORDER_ID,
      length,
      events.map((event, index) => ({ ...newEvent(event, length + index), occurredAt: at })),
    );
  };
  const order = created();
  await record({ ...order, data: { ...order.data, paymentMethod: { type: 'bank_transfer' } } });
  const step = { orderId: ORDER_ID, attempt: 0 };
  const reference = referenceOf(ORDER_ID);
  return {
    gateway,
    seen,
    reference,
    record,
    total: order.data.total,
    /** Somebody transfers money, and the statement is read, unless told otherwise. */
    async pay(
      amount: number,
      { read = true, ...more }: Readonly<Record<string, unknown>> & { readonly read?: boolean } = {},
    ) {
      await served.ask('POST', '/v1/transfers', { amount, currency: 'CNY', reference, ...more });
      if (read) await readStatements(deps);
    },
    read: () => readStatements(deps),
    /** The last reading has died before its mark was kept. */
    forgetMark: () => {
      mark = undefined;
    },
    /** Somebody pays out at the bank itself. */
    async payOut(amount: number, more: Readonly<Record<string, unknown>> = {}) {
      await served.ask('POST', '/v1/payouts', { amount, currency: 'CNY', reference, ...more });
      await readStatements(deps);
    },
    transfers,
    /** The history of a transfer that nobody could match. */
    historyOf: (transferId: string) => transferLog.read(parseTransferId(transferId)),
    decide: (transferId: string, decision: TransferChoice) =>
      decideTransfer(deps, transferId, { actor: OPERATOR, decidedAt: new Date().toISOString(), ...decision }),
    settle: () => settleTransfers(deps),
    waiting: () => waiting,
    fail: (operation: 'transactions' | 'transfer' | 'status', fault: BankFault, after = 0) =>
      served.ask('PUT', '/v1/faults', { operation, fault, after }),
    end: (refundId: string, as: 'ACSC' | 'RJCT', attempt = 1) =>
      served.ask('POST', `/v1/transfers/${refundNumberOf(ORDER_ID, refundId, attempt)}/end`, { as }),
    authorise: () => authorisePayment(deps, step),
    capture: () => capturePayment(deps, step),
    undo: () => voidPayment(deps, step),
    notice: () => noticeRefunds(deps, ORDER_ID, { dueAt: Date.now(), isSure: true }),
    giveBack: () => returnTransfers(deps, ORDER_ID),
    /** A person has the task of a transfer tried again. */
    async resume() {
      const opened = (await log.read(ORDER_ID)).findLast(({ type }) => type === 'TaskOpened') as Task;
      const { taskId, kind, transferId } = opened.data;
      await record({ type: 'TaskResumed', data: { taskId, kind, ...(transferId && { transferId }) } });
      const resumed = (await log.read(ORDER_ID)).at(-1) as RecordedOrderEvent<TaskResumed>;
      return () => returnTransfers(deps, ORDER_ID, resumed);
    },
    stream: () => log.read(ORDER_ID),
    types: async () => (await log.read(ORDER_ID)).map(({ type }) => type),
    /** What the bank has paid out, oldest first: to whom and how much. */
    async paidOut(): Promise<readonly (readonly [iban: string, amount: number, currency: string])[]> {
      const { entries } = await served.ask<{ entries: Debit[] }>('GET', '/v1/ledger');
      return entries
        .filter(({ kind }) => kind === 'debit')
        .map(({ creditor, amount, currency }) => [creditor.iban, amount, currency] as const);
    },
    /** A request with a wrong signature, or with none. */
    async unsigned(): Promise<number> {
      const { iban } = await account();
      return (await fetch(`${served.url}/v1/accounts/${iban}/transactions`)).status;
    },
    close: () => served.close(),
  };
}

type Task = RecordedOrderEvent<TaskOpened>;

interface Debit {
  readonly kind: string;
  readonly creditor: { readonly iban: string };
  readonly amount: number;
  readonly currency: string;
}
