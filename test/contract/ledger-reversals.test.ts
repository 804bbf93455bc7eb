/** Reversals and corrections by clients at once, on the DynamoDB engine of the run: `.ci/run` tries both. */
import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOOK } from '../../functions/ledger/adapters/book.ts';
import { LEDGER_TABLES } from '../../functions/ledger/adapters/tables.ts';
import { postCorrection, reverseEntry } from '../../functions/ledger/application/correct-book.ts';
import { postOrder } from '../../functions/ledger/application/post-order.ts';
import { balancesOf, foldBook, wrongSumsOf } from '../../functions/ledger/domain/book.ts';
import { bookOfOrder } from '../../functions/ledger/domain/book-id.ts';
import { move } from '../../functions/ledger/domain/entry.ts';
import { DynamoDbEventLog } from '../../functions/shared/event-log/dynamodb-event-log.ts';
import { type CorrelationId, type EventId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryOrderLog } from '../support/fakes/in-memory-order-log.ts';
import { HAPPY_PATH, START, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const TABLE = ownTable('ledger');
/** What the capture of the order has moved, in minor units: event 5. */
const [CAPTURE, CAPTURED] = [5, 4_500];
/** As many as may race without one that loses five times. */
const CLIENTS = 4;
let dynamoDb: TestDynamoDb;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(TABLE, LEDGER_TABLES.ledger);
});
afterAll(() => dynamoDb?.close());

/** What a client posts by hand: it takes a part of the capture back, all that is left of it, or posts something else; perhaps twice. */
const action = fc.record({
  kind: fc.constantFrom('part', 'rest', 'correction'),
  amount: fc.integer({ min: 500, max: CAPTURED + 500 }),
  repeated: fc.boolean(),
});

test('Together reversals take back at most the entry, each request once, whatever clients post at once', async () => {
  const books = new DynamoDbEventLog(BOOK, DynamoDBDocumentClient.from(dynamoDb.client), TABLE);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(action, { minLength: 1, maxLength: CLIENTS }), { maxLength: 4 }),
      async (rounds) => {
        const orderId = parseOrderId(randomUUID());
        const deps = { log: await InMemoryOrderLog.of(streamOf(HAPPY_PATH, orderId)), books, now: () => START };
        await postOrder(deps, orderId);
        const bookId = bookOfOrder(orderId);
        const taken: number[] = [];
        const corrected: number[] = [];
        const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
        for (const round of rounds) {
          await Promise.all(
            round.map(async ({ kind, amount, repeated }) => {
              const who = {
                bookId,
                reason: 'wrong',
                actor: { type: 'operator', id: 'O1' },
                eventId: randomUUID() as EventId,
                correlationId: 'corr-1' as CorrelationId,
              } as const;
              const part = move('channel/card', 'clearing', 'CNY', amount);
              const ask = () =>
                kind === 'correction'
                  ? postCorrection(deps, { ...who, postings: part })
                  : reverseEntry(deps, { ...who, of: CAPTURE, ...(kind === 'part' ? { postings: part } : {}) });
              const answers = [await ask(), ...(repeated ? [await ask()] : [])];
              // One that is refused may find less left the second time.
              for (const answer of answers) {
                expect(answer).toEqual(answers[0]!.ok ? answers[0] : expect.objectContaining({ ok: false }));
              }
              if (!answers[0]!.ok) return;
              const { postings } = answers[0]!.value.data;
              const back = -postings.find(({ account }) => account === 'channel/card')!.amount;
              (kind === 'correction' ? corrected : taken).push(back);
            }),
          );
          expect(taken.every((back) => back > 0) && sum(taken) <= CAPTURED, `${taken.join()} of ${CAPTURED}`).toBe(
            true,
          );
        }
        const book = foldBook(await books.read(bookId));
        expect(balancesOf(book).of('channel/card', 'CNY')).toBe(CAPTURED - sum(taken) - sum(corrected));
        expect([book.reversals.length, book.corrections.length]).toEqual([taken.length, corrected.length]);
        expect(wrongSumsOf(book)).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
});
