import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { eventPut } from '../../../../../functions/shared/event-log/dynamodb-event-log.ts';
import { relay } from '../../../../../functions/shared/event-log/outbox.ts';
import type { PublishedEvent } from '../../../../../functions/shared/event-log/port.ts';
import { loggedLines } from '../../../../support/edge/logged-lines.ts';
import {
  ACCOUNT,
  deposited,
  opened,
  parseAccountId,
  publishAccountEvent,
} from '../../../../support/event-log/account.ts';
import { streamOf } from '../../../../support/event-log/samples.ts';

const accountId = parseAccountId('0190f3a0-0000-7000-8000-000000000001');
const events = streamOf(ACCOUNT, accountId, [opened('Li Wei'), deposited(100), deposited(200)]);

/** The stream of the table that an account's log is kept in. */
const stream = (items: readonly Record<string, unknown>[]): DynamoDBStreamEvent => ({
  Records: items.map((item) => ({
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: `seq-${String(item.version)}`, NewImage: marshall(item) as never },
  })),
});
const items = events.map((event) => eventPut(ACCOUNT, 'account-log', event).Item);

/** Relays to a bus that does not take the event of version `refused`. */
async function relayed(batch: DynamoDBStreamEvent, refused?: number) {
  const published: PublishedEvent[] = [];
  const publisher = {
    publish: async (shown: readonly PublishedEvent[]) => {
      published.push(...shown);
      return refused === undefined ? [] : shown.slice(refused - 1);
    },
  };
  return { published, answer: await relay({ aggregate: ACCOUNT, publish: publishAccountEvent, publisher }, batch) };
}

afterEach(() => void vi.restoreAllMocks());

describe('The outbox of accounts', () => {
  test('becomes known on the bus, in order and as the bus may show it', async () => {
    const { published, answer } = await relayed(stream(items));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(published).toEqual([{ ...events[0], data: {} }, events[1], events[2]]);
  });

  test('leaves a line about each event that is on the bus, and an error about the first that is not', async () => {
    const lines = loggedLines();
    await relayed(stream(items), 3);
    const about = ({ type, version, eventId, correlationId }: (typeof events)[number]) => ({
      accountId,
      type,
      version,
      eventId,
      correlationId,
    });
    expect(lines).toEqual([
      { level: 'INFO', message: 'An event is on the bus.', ...about(events[0]!) },
      { level: 'INFO', message: 'An event is on the bus.', ...about(events[1]!) },
      { level: 'ERROR', message: expect.stringContaining('did not take'), ...about(events[2]!) },
    ]);
  });

  test('goes on from the first event that the bus did not take', async () => {
    expect((await relayed(stream(items), 2)).answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'seq-2' }] });
  });

  test('shows an event of an older schema version as it is today', async () => {
    const older = { ...items[1], schemaVersion: 1, data: { cents: 100 } };
    expect((await relayed(stream([older]))).published).toEqual([events[1]]);
  });
});
