import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { fold } from '../../../../functions/orders/domain/evolve.ts';
import { milestonesOf } from '../../../../functions/orders/domain/milestones.ts';
import { viewOf } from '../../../../functions/orders/domain/order-view.ts';
import type { ExistingOrder } from '../../../../functions/orders/domain/state.ts';
import { makeHandler as makeGetOrder } from '../../../../functions/orders/get-order.ts';
import { makeHandler as makeGetHistory } from '../../../../functions/orders/get-order-history.ts';
import type { Caller } from '../../../../functions/shared/http/caller.ts';
import { ERASED } from '../../../../functions/shared/kernel/erased.ts';
import { parseOrderId } from '../../../../functions/shared/kernel/ids.ts';
import { apiEvent, bodyOf, customer, lambdaContext, operator } from '../../../support/api/invocations.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemorySnapshots } from '../../../support/fakes/in-memory-snapshots.ts';
import {
  CUSTOMER_ID,
  created,
  EVENTS,
  HAPPY_PATH,
  newEvent,
  ORDER_ID,
  START,
  streamOf,
} from '../../../support/orders/streams.ts';

const UNKNOWN = '0190f3a0-0000-7000-8000-0000000000aa';
const orderAt = (version: number) => fold(streamOf(HAPPY_PATH).slice(0, version)) as ExistingOrder;
const viewAt = (version: number) => viewOf(orderAt(version));

const snapshots = new InMemorySnapshots();
let log: InMemoryOrderLog;
let now: number;

beforeEach(async () => {
  now = START + 60_000;
  log = new InMemoryOrderLog();
  await log.append(
    ORDER_ID,
    0,
    HAPPY_PATH.map((event, index) => newEvent(event, index)),
  );
});

type Headers = Record<string, string>;
const getOrder = (orderId: string, caller: Caller = customer(CUSTOMER_ID), headers: Headers = {}) =>
  makeGetOrder({ log, snapshots, now: () => now })(
    apiEvent({ path: `/api/v1/orders/${orderId}`, orderId, caller, headers }),
    lambdaContext(),
  );
const getHistory = (
  orderId: string,
  caller: Caller = customer(CUSTOMER_ID),
  query: Record<string, string> = {},
  headers: Headers = {},
) =>
  makeGetHistory({ log })(
    apiEvent({ path: `/api/v1/orders/${orderId}/history`, orderId, caller, query, headers }),
    lambdaContext(),
  );
interface HistoryPage {
  readonly events: readonly { readonly version: number; readonly actor: object; readonly causationId: string }[];
  readonly next?: string;
}
const historyPage = async (query: Record<string, string>, orderId: string = ORDER_ID) =>
  bodyOf(await getHistory(orderId, customer(CUSTOMER_ID), query)) as unknown as HistoryPage;

describe('Getting an order', () => {
  test('shows it as the log has it this moment', async () => {
    const answer = await getOrder(ORDER_ID);
    expect(answer.statusCode).toBe(200);
    const { milestones, ...order } = bodyOf(answer);
    expect(order).toEqual(viewAt(HAPPY_PATH.length));
    expect(milestones).toEqual(milestonesOf(orderAt(HAPPY_PATH.length), now));
  });

  test('says that it is late to a client whose copy is from before that, though nothing has happened', async () => {
    const { data, ...event } = created();
    const promising = { ...event, data: { ...data, promised: { confirmed: new Date(START + 90_000).toISOString() } } };
    log = new InMemoryOrderLog();
    await log.append(ORDER_ID, 0, [newEvent(promising, 0)]);
    const kept = { 'if-none-match': String((await getOrder(ORDER_ID)).headers?.ETag) };
    expect((await getOrder(ORDER_ID, customer(CUSTOMER_ID), kept)).statusCode).toBe(304);
    now = START + 90_001;
    const answer = await getOrder(ORDER_ID, customer(CUSTOMER_ID), kept);
    expect(answer).toMatchObject({ statusCode: 200, headers: { ETag: kept['if-none-match'] } });
    expect(bodyOf(answer).milestones).toContainEqual(expect.objectContaining({ name: 'confirmed', late: true }));
  });

  test('shows texts that were stored before the rule for clean text', async () => {
    const name = 'Ada\u202e\u0000\n\ud800 4111111111111111';
    const { data, ...event } = created();
    const old = { ...event, data: { ...data, shippingAddress: { ...data.shippingAddress, name } } };
    log = new InMemoryOrderLog();
    await log.append(ORDER_ID, 0, [newEvent(old, 0)]);
    expect(bodyOf(await getOrder(ORDER_ID))).toMatchObject({ shippingAddress: { name } });
  });

  test.each([UNKNOWN, 'not-an-id', '..%2Fhealth'])('with the id %s is a 404 problem document', async (orderId) => {
    const answer = await getOrder(orderId);
    expect(answer).toMatchObject({ statusCode: 404, headers: { 'Content-Type': 'application/problem+json' } });
    expect(bodyOf(answer)).toMatchObject({
      type: 'urn:waybill:problem:order-not-found',
      status: 404,
      instance: `/api/v1/orders/${orderId}`,
    });
  });
});

describe('The history of an order', () => {
  test('is every event, oldest first, with its version and time', async () => {
    const { orderId, events } = bodyOf(await getHistory(ORDER_ID)) as {
      orderId: string;
      events: { type: string; version: number; occurredAt: string }[];
    };
    expect(orderId).toBe(ORDER_ID);
    expect(events.map(({ type }) => type)).toEqual(HAPPY_PATH.map(({ type }) => type));
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events[0]?.occurredAt).toBe('2026-01-02T03:04:05.000Z');
  });

  test('has the actor and the cause of each event', async () => {
    const { events } = await historyPage({});
    for (const event of events) {
      expect(event).toMatchObject({
        actor: { type: 'system', id: 'test' },
        causationId: 'corr-1',
        correlationId: 'corr-1',
      });
    }
  });

  test.each([1, 2, 4, 5, 6, 100])('leads through every event once, by pages of %i', async (limit) => {
    const pages: HistoryPage[] = [await historyPage({ limit: String(limit) })];
    while (pages.at(-1)!.next !== undefined) {
      pages.push(await historyPage({ limit: String(limit), cursor: pages.at(-1)!.next! }));
    }
    expect(pages.flatMap(({ events }) => events.map(({ version }) => version))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(pages).toHaveLength(Math.ceil(6 / limit));
  });

  test('shows events that happen while a client pages on a later page', async () => {
    const { next } = await historyPage({ limit: '5' });
    await log.append(ORDER_ID, 6, [newEvent(EVENTS.parked, 7)]);
    expect((await historyPage({ limit: '5', cursor: next! })).events.map(({ version }) => version)).toEqual([6, 7]);
  });

  test.each([{ limit: '0' }, { limit: '101' }, { limit: 'all' }, { page: '2' }])(
    'refuses a query that is not valid: %j',
    async (query) => {
      expect(bodyOf(await getHistory(ORDER_ID, customer(CUSTOMER_ID), query))).toMatchObject({
        status: 400,
        type: 'urn:waybill:problem:invalid-request',
      });
    },
  );

  test('refuses the cursor of another order, and one that was made up', async () => {
    const { next } = await historyPage({ limit: '1' });
    const other = parseOrderId('0190f3a0-0000-7000-8000-000000000002');
    await log.append(other, 0, [newEvent(created(), 0, other)]);
    for (const [orderId, cursor] of [
      [other, next!],
      [ORDER_ID, 'x'],
    ] as const) {
      expect(bodyOf(await getHistory(orderId, customer(CUSTOMER_ID), { cursor }))).toMatchObject({
        status: 400,
        type: 'urn:waybill:problem:invalid-cursor',
      });
    }
  });

  test('shows neither address nor payment token', async () => {
    const { body } = await getHistory(ORDER_ID);
    expect(body).not.toMatch(/Nanjing|Li Wei|tok_ok|shippingAddress/);
  });

  test.each([UNKNOWN, 'not-an-id'])('with the id %s is a 404 problem document', async (orderId) => {
    expect(await getHistory(orderId)).toMatchObject({
      statusCode: 404,
      headers: { 'Content-Type': 'application/problem+json' },
    });
  });
});

describe.each([
  ['An order', getOrder],
  ['Its history', getHistory],
])('%s', (_, get) => {
  const withoutId = (body: Record<string, unknown>) =>
    JSON.stringify(body).replaceAll(ORDER_ID, '').replaceAll(UNKNOWN, '');

  test('is for another customer like one that does not exist', async () => {
    const [others, unknown] = [await get(ORDER_ID, customer('C2')), await get(UNKNOWN, customer('C2'))];
    expect([others.statusCode, unknown.statusCode]).toEqual([404, 404]);
    expect(withoutId(bodyOf(others))).toBe(withoutId(bodyOf(unknown)));
  });

  test('is visible to operators with orders:read', async () => {
    expect((await get(ORDER_ID, operator('orders:read'))).statusCode).toBe(200);
  });

  test('is forbidden to operators without orders:read, whether it exists or not', async () => {
    for (const orderId of [ORDER_ID, UNKNOWN]) {
      const answer = await get(orderId, operator('orders:approve', 'orders:refund'));
      expect([answer.statusCode, bodyOf(answer).type]).toEqual([403, 'urn:waybill:problem:forbidden']);
    }
  });

  const asking = (headers: Headers) =>
    get === getOrder
      ? getOrder(ORDER_ID, customer(CUSTOMER_ID), headers)
      : getHistory(ORDER_ID, customer(CUSTOMER_ID), {}, headers);

  test('is confirmed with 304 to a client that has it, until something happens', async () => {
    const first = await asking({});
    expect(first.headers).toMatchObject({
      'Cache-Control': 'private, no-cache',
      ETag: expect.stringMatching(/^".+"$/),
    });
    const kept = { 'if-none-match': String(first.headers?.ETag) };
    expect(await asking(kept)).toMatchObject({ statusCode: 304, body: '', headers: { ETag: first.headers?.ETag } });
    await log.append(ORDER_ID, 6, [newEvent(EVENTS.parked, 7)]);
    const changed = await asking(kept);
    expect(changed.statusCode).toBe(200);
    expect(changed.headers?.ETag).not.toBe(first.headers?.ETag);
  });

  test('is not confirmed to who may not see it', async () => {
    const { headers } = await asking({});
    const kept = { 'if-none-match': String(headers?.ETag) };
    const other = customer('C2');
    const refusedAnswer =
      get === getOrder ? await getOrder(ORDER_ID, other, kept) : await getHistory(ORDER_ID, other, {}, kept);
    expect(refusedAnswer.statusCode).toBe(404);
  });
});

test('An order whose person is taken out is sent whole: its version is that of a copy with the person', async () => {
  const { data, ...event } = created();
  log = new InMemoryOrderLog();
  await log.append(ORDER_ID, 0, [newEvent({ ...event, data: { ...data, customer: { name: ERASED } } }, 0)]);
  const answer = await getOrder(ORDER_ID, customer(CUSTOMER_ID), { 'if-none-match': '"1"' });
  expect(answer).toMatchObject({ statusCode: 200, headers: { ETag: '"1"', 'Cache-Control': 'no-store' } });
});
