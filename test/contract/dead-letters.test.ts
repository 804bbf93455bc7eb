/** Where dead letters are filed: one suite for the table and for the fake, and what consumers note in the table. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbLetters } from '../../functions/dead-letters/adapters/dynamodb-letters.ts';
import type { Letters, NewLetter } from '../../functions/dead-letters/application/ports.ts';
import { DEAD_LETTERS_TABLE } from '../../functions/shared/dead-letters/tables.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryLetters } from '../support/fakes/in-memory-letters.ts';

let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  db = DynamoDBDocumentClient.from(dynamoDb.client);
});
afterAll(() => dynamoDb?.close());

async function newTable(): Promise<string> {
  const name = ownTable('dead-letters');
  await dynamoDb.createTable(name, DEAD_LETTERS_TABLE);
  return name;
}

const ORDER = '019b0000-0000-7000-8000-000000000001';
const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 12, minute)).toISOString();
const letter = (letterId: string, more: Partial<NewLetter> = {}): NewLetter => ({
  letterId,
  messageId: letterId,
  queue: 'SagaStarts',
  kind: 'consumer',
  eventType: 'OrderCreated',
  orderId: ORDER,
  sentAt: at(0),
  destination: 'arn:aws:sqs:us-east-1:000000000000:SagaStarts',
  body: '{"detail-type":"OrderCreated"}',
  ...more,
});

describe.each([
  ['in DynamoDB', async () => new DynamoDbLetters(db, await newTable())],
  ['in memory', async () => new InMemoryLetters()],
])('Dead letters %s', (_, open) => {
  let letters: Letters;
  beforeEach(async () => {
    letters = await open();
  });
  const idsOf = async (...query: Parameters<Letters['page']>) =>
    (await letters.page(...query)).items.map(({ letterId }) => letterId);

  test('are found as they were filed, once, however often their message comes', async () => {
    await letters.file(letter('a'), at(1));
    await letters.file(letter('a'), at(2));
    expect(await letters.find('b')).toBeUndefined();
    expect(await letters.find('a')).toEqual({
      letterId: 'a',
      queue: 'SagaStarts',
      kind: 'consumer',
      state: 'waiting',
      eventType: 'OrderCreated',
      orderId: ORDER,
      sentAt: at(0),
      filedAt: at(1),
      resends: 0,
      destination: 'arn:aws:sqs:us-east-1:000000000000:SagaStarts',
      body: '{"detail-type":"OrderCreated"}',
      history: [{ what: 'filed', at: at(1) }],
    });
    expect(await letters.counts()).toEqual({ waiting: 1, resent: 0, failed_again: 0, more: false });
  });

  test('keep a message that is longer than an item', async () => {
    const body = JSON.stringify({ text: 'waybill '.repeat(100_000) });
    await letters.file(letter('long', { body }), at(1));
    expect((await letters.find('long'))?.body).toBe(body);
  });

  test('that were resent have failed again when they come back, and keep what was before', async () => {
    await letters.file(letter('a'), at(1));
    expect(await letters.record('a', 'resent', { what: 'resent', at: at(2), by: 'O1', reason: 'Mended.' })).toBe(
      'resent',
    );
    expect(await letters.find('a')).toMatchObject({ state: 'resent', resends: 1, resentAt: at(2) });
    await letters.file(letter('a', { messageId: 'second', error: 'EventRefused' }), at(3));
    expect(await letters.find('a')).toMatchObject({
      state: 'failed_again',
      error: 'EventRefused',
      filedAt: at(1),
      resends: 1,
      history: [
        { what: 'filed' },
        { what: 'resent', by: 'O1', reason: 'Mended.' },
        { what: 'failed_again', error: 'EventRefused' },
      ],
    });
  });

  test('that are done stay done, and are not among those that wait', async () => {
    await letters.file(letter('a'), at(1));
    await letters.file(letter('b'), at(2));
    expect(await letters.record('a', 'dismissed', { what: 'dismissed', at: at(3), by: 'O1', reason: 'Old.' })).toBe(
      'dismissed',
    );
    expect(await letters.record('a', 'resent', { what: 'resent', at: at(4), by: 'O2', reason: 'Late.' })).toBe(
      'dismissed',
    );
    expect(await idsOf({}, 10)).toEqual(['b']);
    expect(await idsOf({ state: 'dismissed' }, 10)).toEqual(['a']);
    expect(await letters.find('a')).toMatchObject({ state: 'dismissed', closedAt: at(3), resends: 0 });
  });

  test('are listed by every filter, page by page, first what was filed first', async () => {
    await letters.file(letter('a'), at(1));
    await letters.file(
      letter('b', { queue: 'Refunds', eventType: 'RefundRequested', error: 'PartnerRejected' }),
      at(2),
    );
    await letters.file(letter('c'), at(3));
    const { items, next } = await letters.page({}, 2);
    expect(items.map(({ letterId }) => letterId)).toEqual(['a', 'b']);
    expect(await idsOf({}, 2, next)).toEqual(['c']);
    expect(await idsOf({ queue: 'Refunds' }, 10)).toEqual(['b']);
    expect(await idsOf({ eventType: 'OrderCreated' }, 10)).toEqual(['a', 'c']);
    expect(await idsOf({ error: 'PartnerRejected' }, 10)).toEqual(['b']);
    expect(await idsOf({ orderId: ORDER }, 1)).toEqual(['a']);
    expect(await idsOf({ filedBefore: at(2) }, 10)).toEqual(['a']);
    expect(await idsOf({ state: 'failed_again' }, 10)).toEqual([]);
  });
});
