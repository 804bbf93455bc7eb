/** Transfers that nobody could match: one suite for the table and for the fake, and what people decide about them at the simulated bank. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbUnmatchedTransfers } from '../../functions/payments/adapters/bank/dynamodb-unmatched-transfers.ts';
import { PAYMENT_TABLES } from '../../functions/payments/adapters/tables.ts';
import type { UnmatchedTransfers } from '../../functions/payments/application/bank-ports.ts';
import type { TransferDecision, UnmatchedTransfer } from '../../functions/payments/domain/unmatched-transfer.ts';
import { DependencyUnavailable } from '../../functions/shared/kernel/errors.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryUnmatchedTransfers } from '../support/fakes/in-memory-unmatched-transfers.ts';
import { EVENTS, ORDER_ID } from '../support/orders/streams.ts';
import { bankWorld } from '../support/payments/bank-world.ts';
import { until } from '../support/run/eventually.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());

async function table(): Promise<UnmatchedTransfers> {
  const name = ownTable('transfers');
  await dynamoDb.createTable(name, PAYMENT_TABLES.bankTransfers);
  return new DynamoDbUnmatchedTransfers(DynamoDBDocumentClient.from(dynamoDb.client), name);
}

const transfer = (day: number): UnmatchedTransfer => ({
  transferId: `E${day}`,
  amount: money(day * 100, 'CNY'),
  details: { debtor: { name: 'Ann', iban: 'DE89370400440532013000' }, text: 'thank you' },
  readAt: `2026-01-0${day}T00:00:00.000Z`,
});
const back: TransferDecision = {
  type: 'return',
  reason: 'Nobody knows it.',
  actor: { type: 'operator', id: 'O1' },
  decidedAt: '2026-01-09T00:00:00.000Z',
};

describe.each([
  ['DynamoDB', table],
  ['memory', async () => new InMemoryUnmatchedTransfers()],
] as const)('Unmatched transfers in %s', (_, open) => {
  let transfers: UnmatchedTransfers;
  const listed = async (...page: Parameters<UnmatchedTransfers['page']>) =>
    (await transfers.page(...page)).map(({ transferId }) => transferId);
  beforeEach(async () => {
    transfers = await open();
    for (const day of [2, 1, 3]) await transfers.keep(transfer(day));
  });

  test('are listed by pages, the oldest first', async () => {
    await until('all of them', async () => (await listed(10)).length === 3);
    expect(await listed(2)).toEqual(['E1', 'E2']);
    expect(await listed(2, transfer(2))).toEqual(['E3']);
    expect(await transfers.page(1)).toEqual([transfer(1)]);
  });

  test('keep the first decision', async () => {
    const other: TransferDecision = { ...back, type: 'match', orderId: ORDER_ID };
    expect(await transfers.decide('E1', back)).toEqual({ ...transfer(1), decision: back });
    expect(await transfers.decide('E1', other)).toMatchObject({ decision: back });
    await expect(transfers.decide('E9', back)).rejects.toThrow();
  });

  test('take another decision once the bank has refused the first', async () => {
    const other: TransferDecision = { ...back, type: 'done_outside', decidedAt: '2026-01-10T00:00:00.000Z' };
    await transfers.decide('E1', back);
    await transfers.refuse('E1', other, '2026-01-08T00:00:00.000Z');
    expect(await transfers.decide('E1', other)).toEqual({ ...transfer(1), decision: back });
    await transfers.refuse('E1', back, '2026-01-08T00:00:00.000Z');
    expect(await transfers.find('E1')).toMatchObject({ decision: back, refusedAt: '2026-01-08T00:00:00.000Z' });
    expect(await transfers.decide('E1', other)).toEqual({ ...transfer(1), decision: other });
  });

  test('leave the list and forget their payer once they are settled, and do not come again', async () => {
    await transfers.settle(await transfers.decide('E1', back));
    await transfers.keep(transfer(1));
    const { details: _details, ...rest } = transfer(1);
    expect(await transfers.find('E1')).toEqual({ ...rest, decision: back });
    await until('the list without it', async () => (await listed(10)).join() === 'E2,E3');
    expect(await transfers.find('E9')).toBeUndefined();
  });
});

describe('A transfer with no reference of ours', () => {
  const BEN = { name: 'Ben & Co', iban: 'GB82WEST12345698765432' };
  let world: Awaited<ReturnType<typeof bankWorld>>;
  beforeEach(async () => {
    world = await bankWorld();
  });
  afterEach(() => world.close());

  const pay = async (amount = world.total.amount, more = {}) => {
    await world.pay(amount, { reference: 'thank you', asText: true, debtor: BEN, ...more });
    return (await world.transfers.page(10)).at(-1)!.transferId;
  };
  const history = async (transferId: string) =>
    (await world.historyOf(transferId)).map(({ type, actor }) => [type, actor.id]);
  const match = (transferId: string) => world.decide(transferId, { type: 'match', orderId: ORDER_ID });
  const giveBack = (transferId: string) => world.decide(transferId, { type: 'return', reason: 'Nobody knows it.' });

  test.each(['thank you', 'RF18539007547034'])('(%s) waits for a person, however often it is read', async (text) => {
    const transferId = await pay(world.total.amount, { reference: text });
    await world.read();
    await world.settle();
    expect(world.seen).toEqual(['unknown']);
    expect(await world.transfers.page(10)).toMatchObject([
      { transferId, amount: world.total, details: { debtor: BEN, text } },
    ]);
    expect([world.waiting(), await world.paidOut()]).toEqual([1, []]);
    expect(await history(transferId)).toEqual([['TransferUnmatched', 'ReadStatements']]);
  });

  test('pays for the order to which a person matches it, once, and the history says who did', async () => {
    await world.authorise().catch(() => undefined);
    const transferId = await pay();
    expect(await match(transferId)).toMatchObject({ ok: true });
    await world.settle();
    await world.settle();
    await world.authorise();
    const received = (await world.stream()).filter(({ type }) => type === 'TransferReceived');
    expect(received).toMatchObject([{ data: { transferId, debtor: BEN }, actor: { type: 'operator', id: 'O1' } }]);
    expect(await world.types()).toContain('PaymentCaptured');
    expect([await world.transfers.page(10), await world.paidOut()]).toEqual([[], []]);
    expect(await history(transferId)).toEqual([
      ['TransferUnmatched', 'ReadStatements'],
      ['TransferMatched', 'O1'],
    ]);
  });

  test('that the bank cannot pay back waits for another decision, and is settled by a person', async () => {
    const transferId = await pay(300);
    await giveBack(transferId);
    await world.fail('transfer', 'rejected');
    await world.settle();
    await world.settle();
    expect(await world.transfers.page(10)).toMatchObject([{ transferId, refusedAt: expect.any(String) }]);
    expect(world.seen).toEqual(['unknown', 'stranded']);
    const reason = 'The account is closed; Ben has named another one.';
    expect(await world.decide(transferId, { type: 'done_outside', reason })).toMatchObject({ ok: true });
    await world.settle();
    expect((await world.historyOf(transferId)).at(-1)).toMatchObject({
      type: 'TransferDoneOutside',
      data: { amount: { amount: 300, currency: 'CNY' }, reason },
      actor: { type: 'operator', id: 'O1' },
    });
    expect([await world.transfers.page(10), await world.paidOut()]).toEqual([[], []]);
  });

  test('that brings back one of ours waits for a person as well, and is for no order', async () => {
    const transferId = await pay(300, { isReturn: true });
    expect(world.seen).toEqual(['stranded']);
    expect(await world.historyOf(transferId)).toMatchObject([{ data: { isReturn: true } }]);
    expect(await match(transferId)).toMatchObject({ refusal: { kind: 'is-return' } });
    await world.decide(transferId, { type: 'done_outside', reason: 'Ben has named another account.' });
    await world.settle();
    expect(await history(transferId)).toEqual([
      ['TransferUnmatched', 'ReadStatements'],
      ['TransferDoneOutside', 'O1'],
    ]);
  });

  test('goes back to its payer once when a person says so, also when the answer of the bank is lost', async () => {
    const transferId = await pay(300);
    await giveBack(transferId);
    await world.fail('transfer', 'lost');
    await world.fail('status', 'system-error');
    await expect(world.settle()).rejects.toThrow(DependencyUnavailable);
    await world.settle();
    await world.settle();
    expect(await world.paidOut()).toEqual([[BEN.iban, 300, 'CNY']]);
    expect(world.waiting()).toBe(0);
  });

  test('that cannot go back for now holds up no other one', async () => {
    const [first, second] = [await pay(300), await pay()];
    await giveBack(first);
    await match(second);
    await world.fail('transfer', 'no-funds');
    await expect(world.settle()).rejects.toThrow(DependencyUnavailable);
    expect(await world.types()).toContain('TransferReceived');
    await world.settle();
    expect(await world.paidOut()).toEqual([[BEN.iban, 300, 'CNY']]);
  });

  test('has one decision: the same again changes nothing, and another one is refused, also when it is settled', async () => {
    const transferId = await pay();
    await giveBack(transferId);
    for (const _ of ['decided', 'settled']) {
      expect(await giveBack(transferId)).toMatchObject({ ok: true });
      expect(await match(transferId)).toMatchObject({ refusal: { kind: 'decided', decision: { type: 'return' } } });
      await world.settle();
    }
  });

  test.each([
    ['is cancelled', () => world.record(EVENTS.cancelled), 'not-waiting'],
    ['has its money', () => world.record({ ...EVENTS.captured }), 'not-waiting'],
  ] as const)('is not taken for an order that %s', async (_, happens, kind) => {
    await happens();
    expect(await match(await pay())).toMatchObject({ refusal: { kind } });
  });

  test('is not taken for an order in another currency, nor for one that there is not', async () => {
    const transferId = await pay(500, { currency: 'EUR' });
    expect(await match(transferId)).toMatchObject({ refusal: { kind: 'other-currency' } });
    const nobody = '01890a5d-ac96-774b-bcce-b302099a8000' as typeof ORDER_ID;
    const decided = await world.decide(transferId, { type: 'match', orderId: nobody });
    expect(decided).toMatchObject({ refusal: { kind: 'no-order' } });
    expect(await match('E9')).toMatchObject({ refusal: { kind: 'no-transfer' } });
  });

  test('goes back when its order is cancelled before the money is with it', async () => {
    const transferId = await pay();
    await match(transferId);
    await world.record(EVENTS.cancelled);
    await world.settle();
    await world.giveBack();
    expect(await world.paidOut()).toEqual([[BEN.iban, world.total.amount, 'CNY']]);
  });
});
