import { bookTaskIdOf } from '../../../../functions/shared/tasks/book-task.ts';
import '../../../support/platform/function-environment.ts';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler as correctTransfer } from '../../../../functions/ledger/correct-transfer.ts';
import { bookOfTransfer, ownerOf, parseBookId } from '../../../../functions/ledger/domain/book-id.ts';
import { move } from '../../../../functions/ledger/domain/entry.ts';
import { makeHandler } from '../../../../functions/ledger/post-transfers.ts';
import { parseTransferId, type TransferEvent } from '../../../../functions/published/transfer-events.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { apiEvent, lambdaContext, operator } from '../../../support/api/invocations.ts';
import { inMemoryIdempotency } from '../../../support/fakes/in-memory-idempotency.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { AuditedStock, ORDER_ID } from '../../../support/ledger/audited-stock.ts';
import { created, START, streamOf } from '../../../support/orders/streams.ts';

const E1 = parseTransferId('E1');
const amount = money(2_900, 'CNY');
const UNMATCHED: TransferEvent = { type: 'TransferUnmatched', data: { amount } };
const MATCHED: TransferEvent = { type: 'TransferMatched', data: { amount, orderId: ORDER_ID } };
const SENT_BACK: TransferEvent = { type: 'TransferSentBack', data: { amount, reason: 'Nobody knows it.' } };
const OUTSIDE: TransferEvent = { type: 'TransferDoneOutside', data: { amount, reason: 'The account is closed.' } };
const debtor = { name: 'Ann', iban: 'DE89370400440532013000' };

let world: AuditedStock;
beforeEach(() => {
  world = new AuditedStock();
});
/** An order, with the transfer when it has it. */
const order = (...transferIds: readonly string[]) =>
  InMemoryOrderLog.of(
    streamOf(
      [
        { ...created(), data: { ...created().data, paymentMethod: { type: 'bank_transfer' } } },
        ...transferIds.map((transferId) => ({
          type: 'TransferReceived' as const,
          data: { transferId, amount, debtor },
        })),
      ],
      ORDER_ID,
    ),
  );
/** A person says that a statement shows so much that has left the account. */
const correct = async (left: number) => {
  const handle = correctTransfer({ books: world.books, now: () => START, idempotency: inMemoryIdempotency() });
  const event = apiEvent({
    path: `/api/v1/ledger/transfers/${E1}/corrections`,
    pathParameters: { transferId: E1 },
    caller: operator('ledger:correct'),
    body: { reason: 'The statement has it.', postings: move('channel/bank_transfer', 'suspense', 'CNY', left) },
  });
  return (await handle(event, lambdaContext())).statusCode;
};
const task = () => world.bookTasks.find(bookTaskIdOf({ transferId: E1 }));
const audited = async (orders = new InMemoryOrderLog()) => {
  const { balances, ...rest } = await world.audit({ orders });
  return { ...rest, balances: Object.fromEntries(balances.map((one) => [one.account, one.amount])) };
};

describe('The books of a transfer that quotes no reference', () => {
  test('have its money as unmatched from the day on which it came, listed with its age until a person has decided', async () => {
    await world.recordTransfer(E1, UNMATCHED);
    const { balances, findings, transfers } = await audited();
    expect([transfers, balances]).toEqual([1, { unmatched: -2_900, 'channel/bank_transfer': 2_900 }]);
    expect(findings).toEqual([
      {
        transferId: E1,
        rule: 'NothingUnmatched',
        detail: 'unmatched has -2900 CNY, expected 0.',
        since: new Date(START).toISOString(),
        underWay: true,
      },
    ]);
    expect(world.list.get('transfer:E1')).toEqual(findings);
    expect(world.alarms).toEqual([]);
    expect(await task()).toBeUndefined();
  });

  test('give it to the book of the order to which a person matches it', async () => {
    await world.recordTransfer(E1, UNMATCHED, MATCHED);
    const { balances, findings } = await audited(await order('E1'));
    expect(findings.filter(({ underWay }) => !underWay)).toEqual([]);
    expect(balances).toEqual({ 'channel/bank_transfer': 2_900, clearing: -2_900 });
  });

  test('have nothing unmatched once it went back', async () => {
    await world.recordTransfer(E1, UNMATCHED, SENT_BACK);
    expect(await audited()).toMatchObject({ findings: [], balances: {} });
    expect(world.list.get('transfer:E1')).toEqual([]);
  });

  test('have it in suspense once a person has moved it, until a statement shows it', async () => {
    await world.recordTransfer(E1, UNMATCHED, OUTSIDE);
    const { balances, findings } = await audited();
    expect(balances).toEqual({ 'channel/bank_transfer': 2_900, suspense: -2_900 });
    expect(findings).toMatchObject([{ transferId: E1, rule: 'NothingInSuspense', underWay: true }]);
    expect(world.alarms).toEqual([]);
    expect(await correct(2_900)).toBe(200);
    expect(await audited()).toMatchObject({ findings: [], balances: {} });
  });

  test('cannot be corrected when there are none', async () => {
    expect(await correct(2_900)).toBe(404);
  });

  test('raise the alarm when its order has not got what was matched to it', async () => {
    await world.recordTransfer(E1, UNMATCHED, MATCHED);
    const { findings } = await audited(await order('E2'));
    expect(findings).toContainEqual({
      transferId: E1,
      rule: 'MatchedMoneyArrives',
      detail: `The history of order ${ORDER_ID} has no transfer E1, which was matched to it.`,
      since: new Date(START).toISOString(),
      underWay: false,
    });
    expect(world.alarms).toEqual(['MatchedMoneyArrives transfer:E1']);
    expect(await task()).toMatchObject({ transferId: E1, rule: 'MatchedMoneyArrives', history: { length: 1 } });
    await audited(await order(E1));
    expect((await task())?.history.map(({ type }) => type)).toEqual(['TaskOpened', 'TaskResolved']);
  });

  test('raise the alarm when more left than came', async () => {
    await world.recordTransfer(E1, UNMATCHED, SENT_BACK, OUTSIDE);
    expect((await audited()).findings).toMatchObject([
      { rule: 'NothingUnmatched', underWay: false },
      { rule: 'NothingInSuspense', underWay: true },
    ]);
    expect(world.alarms).toEqual(['NothingUnmatched transfer:E1']);
  });
});

test('The stream of the log has each transfer booked as it is recorded, once however often it is told', async () => {
  await world.recordTransfer(E1, UNMATCHED);
  const handle = makeHandler({ books: world.books, transferLog: world.transferLog, now: () => START });
  const told = {
    Records: Array.from({ length: 2 }, () => ({
      dynamodb: { Keys: { transferId: { S: 'E1' }, version: { N: '1' } } },
    })),
  } as unknown as DynamoDBStreamEvent;
  for (const _ of ['once', 'twice']) expect(await handle(told)).toEqual({ batchItemFailures: [] });
  await world.recordTransfer(E1, SENT_BACK);
  await handle(told);
  const posted = await world.books.read(bookOfTransfer(E1));
  expect(posted.map(({ data }) => 'upTo' in data && [data.upTo, data.entries.map(({ type }) => type)])).toEqual([
    [1, ['TransferUnmatched']],
    [2, ['TransferSentBack']],
  ]);
});

test('A book of a transfer is named after the bank’s entry', () => {
  expect(ownerOf(parseBookId('transfer:E 1/2'))).toEqual({ transferId: 'E 1/2' });
  expect(() => parseBookId(`transfer:${'9'.repeat(36)}`)).toThrow(RangeError);
});
