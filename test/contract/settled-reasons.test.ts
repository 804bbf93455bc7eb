/** What a person wrote about a transfer is kept as long as the personal data of orders, and no longer. */
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbSettledReasons } from '../../functions/payments/adapters/bank/dynamodb-settled-reasons.ts';
import { DynamoDbUnmatchedTransfers } from '../../functions/payments/adapters/bank/dynamodb-unmatched-transfers.ts';
import { PAYMENT_TABLES } from '../../functions/payments/adapters/tables.ts';
import { forgetReasons } from '../../functions/payments/application/forget-reasons.ts';
import { settleTransfers } from '../../functions/payments/application/settle-transfers.ts';
import { parseTransferId } from '../../functions/published/transfer-events.ts';
import { TRANSFER } from '../../functions/published/transfer-log.ts';
import { TRANSFER_LOG_TABLES } from '../../functions/published/transfer-log-tables.ts';
import { DynamoDbEventLog } from '../../functions/shared/event-log/dynamodb-event-log.ts';
import { ERASED } from '../../functions/shared/kernel/erased.ts';
import { inKeyOrder } from '../../functions/shared/kernel/key-order.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryOrderLog } from '../support/fakes/in-memory-order-log.ts';

const CAME = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;
const REASON = 'Ben Example has paid twice.';
const amount = money(300, 'CNY');

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());

async function opened() {
  const names = { transfers: ownTable('transfers'), log: ownTable('transferLog'), commands: ownTable('commands') };
  await dynamoDb.createTable(names.transfers, PAYMENT_TABLES.bankTransfers);
  await dynamoDb.createTable(names.log, TRANSFER_LOG_TABLES.transferLog);
  const db = DynamoDBDocumentClient.from(dynamoDb.client);
  return {
    transfers: new DynamoDbUnmatchedTransfers(db, names.transfers),
    transferLog: new DynamoDbEventLog(TRANSFER, db, names.log),
    reasons: new DynamoDbSettledReasons(db, names),
    everything: async () => {
      const scans = [names.transfers, names.log].map((TableName) => db.send(new ScanCommand({ TableName })));
      return (await Promise.all(scans))
        .flatMap(({ Items = [] }) => Items.map((item) => JSON.stringify(inKeyOrder(item))))
        .sort()
        .join('\n');
    },
  };
}

describe('The reason of a decision about a transfer', () => {
  let stored: Awaited<ReturnType<typeof opened>>;
  const forgotten = (days: number) =>
    forgetReasons({ reasons: stored.reasons, now: () => CAME + days * DAY, keptDays: 30 });
  const settle = () =>
    settleTransfers({
      ...stored,
      log: new InMemoryOrderLog(),
      now: () => CAME,
      payouts: { giveBack: async () => 'made' as const },
      bankMonitor: { stranded: () => {}, waiting: () => {} },
    });
  const decided = { actor: { type: 'operator', id: 'O1' }, decidedAt: '2026-01-06T00:00:00.000Z' } as const;

  beforeEach(async () => {
    stored = await opened();
    for (const [transferId, type] of [
      ['E1', 'return'],
      ['E2', 'done_outside'],
    ] as const) {
      const readAt = new Date(CAME).toISOString();
      const details = { debtor: { name: 'Ben', iban: 'DE89370400440532013000' }, text: 'for Ben' };
      await stored.transfers.keep({ transferId, amount, readAt, details });
      await stored.transfers.decide(transferId, { type, reason: REASON, ...decided });
    }
    await settle();
  });

  test('stays until it was kept for long enough, and then something that says nothing stands in its place, in the table and in the log', async () => {
    await forgotten(29);
    expect(await stored.everything()).toContain(REASON);
    await forgotten(31);
    expect(await stored.everything()).not.toMatch(/Ben/);
    expect((await stored.transferLog.read(parseTransferId('E1'))).at(-1)).toMatchObject({
      type: 'TransferSentBack',
      data: { amount, reason: ERASED },
      actor: decided.actor,
    });
    expect(await stored.transfers.find('E2')).toMatchObject({
      amount,
      decision: { type: 'done_outside', reason: ERASED },
    });
    expect(await stored.reasons.before(new Date(CAME + 900 * DAY).toISOString(), 10)).toEqual([]);
    const before = await stored.everything();
    await forgotten(32);
    await settle();
    expect(await stored.everything()).toBe(before);
  });

  test('is forgotten once by two at once, and nothing is made of a transfer that is not there', async () => {
    await stored.reasons.forget('E9');
    await Promise.all([forgotten(31), forgotten(31)]);
    expect(await stored.everything()).not.toMatch(/Ben|E9/);
  });

  test('does not disturb transfers that still wait for a decision', async () => {
    const readAt = new Date(CAME).toISOString();
    await stored.transfers.keep({ transferId: 'E4', amount, readAt });
    await forgotten(400);
    expect((await stored.transfers.page(10)).map(({ transferId }) => transferId)).toEqual(['E4']);
  });
});
