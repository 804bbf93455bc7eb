import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbEmailRecords } from '../../functions/notifications/adapters/dynamodb-email-records.ts';
import { DynamoDbInbox } from '../../functions/notifications/adapters/dynamodb-inbox.ts';
import { DynamoDbMessages } from '../../functions/notifications/adapters/dynamodb-messages.ts';
import type { EmailRecords, Inbox, Messages, Notification } from '../../functions/notifications/application/ports.ts';
import { NOTIFICATION_TABLES } from '../../functions/published/notification-tables.ts';
import type { CustomerId } from '../../functions/shared/kernel/ids.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryEmailRecords } from '../support/fakes/in-memory-emails.ts';
import { InMemoryMessages } from '../support/fakes/in-memory-messages.ts';
import { ORDER_ID } from '../support/orders/streams.ts';

const INBOX = ownTable('inbox');
let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;

beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  await dynamoDb.createTable(INBOX, NOTIFICATION_TABLES.notifications);
  db = DynamoDBDocumentClient.from(dynamoDb.client, { marshallOptions: { removeUndefinedValues: true } });
});
afterAll(() => dynamoDb?.close());

const ADAPTERS: readonly [string, () => { readonly inbox: Inbox; readonly messages: Messages }][] = [
  ['DynamoDB', () => ({ inbox: new DynamoDbInbox(db, INBOX), messages: new DynamoDbMessages(db, INBOX) })],
  [
    'memory',
    () => {
      const messages = new InMemoryMessages();
      return { inbox: messages, messages };
    },
  ],
];

describe.each<[string, () => EmailRecords]>([
  ['DynamoDB', () => new DynamoDbEmailRecords(db, INBOX)],
  ['memory', () => new InMemoryEmailRecords()],
])('The records of e-mails in %s', (name, open) => {
  const customerId = `C-MAIL-${name}` as CustomerId;
  const at = '2026-01-02T03:04:05.000Z';
  const ids = [1, 2, 3, 4].map((each) => `${at}#${each}`);
  let records: EmailRecords;
  beforeAll(async () => {
    records = open();
    for (const notificationId of ids) {
      const subject = 'Your order is on its way';
      const values = { orderId: ORDER_ID };
      await new DynamoDbInbox(db, INBOX).put({
        ...{ customerId, notificationId, occurredAt: at, template: 'order-shipped', templateVersion: 1 },
        ...{ kind: 'delivery', language: 'en', subject, text: subject, values },
      });
    }
  });

  test('begin an e-mail once, and know what became of it', async () => {
    expect(await records.find(customerId, ids)).toEqual(new Map());
    expect(await records.begin(customerId, ids[0]!, at)).toBe(true);
    expect(await records.begin(customerId, ids[0]!, at)).toBe(false);
    expect(await records.find(customerId, ids)).toEqual(new Map([[ids[0], { status: 'begun', at }]]));
    await records.settle(customerId, ids[0]!, { status: 'sent', at });
    await records.settle(customerId, ids[0]!, { status: 'unknown', at });
    expect((await records.find(customerId, ids)).get(ids[0]!)).toEqual({ status: 'sent', at });
  });

  test('let one that was certainly not sent begin again, and only such a one', async () => {
    await records.begin(customerId, ids[1]!, at);
    await records.withdraw(customerId, ids[1]!);
    expect(await records.begin(customerId, ids[1]!, at)).toBe(true);
    await records.settle(customerId, ids[1]!, { status: 'refused', at });
    await records.withdraw(customerId, ids[1]!);
    expect(await records.begin(customerId, ids[1]!, at)).toBe(false);
  });

  test('let one of many begin an e-mail', async () => {
    const begun = await Promise.all(Array.from({ length: 8 }, () => records.begin(customerId, ids[2]!, at)));
    expect(begun.filter(Boolean)).toHaveLength(1);
  });

  test('find no more than they are asked for', async () => {
    await records.begin(customerId, ids[3]!, at);
    expect([...(await records.find(customerId, [ids[3]!])).keys()]).toEqual([ids[3]]);
    expect(await records.find(customerId, [])).toEqual(new Map());
  });
});

describe.each(ADAPTERS)('An inbox in %s', (name, open) => {
  let of: ReturnType<typeof open>;
  let customerId: CustomerId;
  let customers = 0;
  const told = (second: number, over: Partial<Notification> = {}): Notification => {
    const occurredAt = `2026-01-02T03:04:${String(second).padStart(2, '0')}.000Z`;
    return {
      customerId,
      notificationId: `${occurredAt}#0190f3a0-0000-7000-8000-0000000000e1`,
      occurredAt,
      template: 'order-shipped',
      templateVersion: 1,
      kind: 'delivery',
      language: 'zh',
      subject: '您的订单已发货',
      text: '运单号为 TRK-1。',
      values: { orderId: ORDER_ID, trackingNumber: 'TRK-1' },
      ...over,
    };
  };
  const all = (unreadOnly = false) => of.messages.page(customerId, { limit: 100, unreadOnly });

  beforeEach(() => {
    of = open();
    customers += 1;
    customerId = `C-${name}-${customers}` as CustomerId;
  });

  test('has a notification once, as it was told first', async () => {
    await of.inbox.put(told(1));
    await of.inbox.put(told(1, { text: 'Something else.' }));
    expect(await all()).toEqual({ items: [told(1)] });
  });

  test('shows the newest first, in pages, each notification once', async () => {
    for (const second of [3, 1, 5, 2, 4]) await of.inbox.put(told(second));
    const first = await of.messages.page(customerId, { limit: 2, unreadOnly: false });
    expect(first).toEqual({ items: [told(5), told(4)], next: told(4).notificationId });
    const second = await of.messages.page(customerId, { limit: 2, unreadOnly: false, after: first.next });
    expect(second.items).toEqual([told(3), told(2)]);
    const last = await of.messages.page(customerId, { limit: 2, unreadOnly: false, after: second.next });
    expect(last).toEqual({ items: [told(1)] });
  });

  test('shows and counts what was not read yet, and keeps when something was read first', async () => {
    for (const second of [1, 2, 3]) await of.inbox.put(told(second));
    const at = '2026-01-03T00:00:00.000Z';
    expect(await of.messages.markRead(customerId, told(2).notificationId, at)).toBe(true);
    expect(await of.messages.markRead(customerId, told(2).notificationId, '2026-01-04T00:00:00.000Z')).toBe(true);
    expect(await all(true)).toEqual({ items: [told(3), told(1)] });
    expect((await all()).items[1]).toEqual({ ...told(2), readAt: at });
    expect(await of.messages.countUnread(customerId, 100)).toBe(2);
    expect(await of.messages.countUnread(customerId, 1)).toBe(1);
  });

  test('stays read when its event comes again', async () => {
    await of.inbox.put(told(1));
    await of.messages.markRead(customerId, told(1).notificationId, '2026-01-03T00:00:00.000Z');
    await of.inbox.put(told(1));
    expect(await of.messages.countUnread(customerId, 100)).toBe(0);
  });

  test('goes on from the middle of what was not read', async () => {
    for (const second of [1, 2, 3]) await of.inbox.put(told(second));
    const first = await of.messages.page(customerId, { limit: 1, unreadOnly: true });
    await of.messages.markRead(customerId, told(3).notificationId, '2026-01-03T00:00:00.000Z');
    const second = await of.messages.page(customerId, { limit: 5, unreadOnly: true, after: first.next });
    expect(second.items).toEqual([told(2), told(1)]);
  });

  test('knows no message that the customer does not have, and shows nobody else’s', async () => {
    await of.inbox.put(told(1));
    const stranger = 'C-STRANGER' as CustomerId;
    expect(await of.messages.markRead(stranger, told(1).notificationId, '2026-01-03T00:00:00.000Z')).toBe(false);
    expect(await of.messages.page(stranger, { limit: 5, unreadOnly: false })).toEqual({ items: [] });
    expect(await of.messages.countUnread(customerId, 100)).toBe(1);
  });
});
