import '../../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { makeHandler as makeApprove } from '../../../../../functions/orders/approve-order.ts';
import { makeHandler as makeChangeAddress } from '../../../../../functions/orders/change-shipping-address.ts';
import type { CommandEndpointDeps } from '../../../../../functions/orders/http/command-endpoint.ts';
import { makeHandler as makeReceive } from '../../../../../functions/orders/receive-return.ts';
import { makeHandler as makeRefund } from '../../../../../functions/orders/refund-order.ts';
import { makeHandler as makeCancel } from '../../../../../functions/orders/request-cancellation.ts';
import { makeHandler as makeReturn } from '../../../../../functions/orders/request-return.ts';
import { makeHandler as makeShip } from '../../../../../functions/orders/ship-order.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import type { ApiFunction } from '../../../../../functions/shared/edge/endpoint.ts';
import type { Caller } from '../../../../../functions/shared/http/caller.ts';
import { apiEvent, bodyOf, customer, lambdaContext, operator } from '../../../../support/api/invocations.ts';
import { SCOPES } from '../../../../support/api/routes.ts';
import { inMemoryIdempotency } from '../../../../support/fakes/in-memory-idempotency.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { InMemorySnapshots } from '../../../../support/fakes/in-memory-snapshots.ts';
import { STREAMS } from '../../../../support/orders/lifecycle.ts';
import { CUSTOMER_ID, created, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';

const OWNER = customer(CUSTOMER_ID);
const OPERATOR = operator(...SCOPES);
const SELF = `/api/v1/orders/${ORDER_ID}`;
const { shippingAddress } = created().data;
const elsewhere = { shippingAddress: { ...shippingAddress, street: '1 Elsewhere Road' } };

let log: InMemoryOrderLog;
let deps: CommandEndpointDeps;
beforeEach(() => {
  log = new InMemoryOrderLog();
  deps = { log, snapshots: new InMemorySnapshots(), now: () => START, idempotency: inMemoryIdempotency() };
});

const given = (events: readonly OrderEvent[]) =>
  log.append(
    ORDER_ID,
    0,
    events.map((event, index) => newEvent(event, index)),
  );
const types = async () => (await log.read(ORDER_ID)).map(({ type }) => type);

interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caller?: Caller;
  readonly returnId?: string;
  readonly orderId?: string;
}
const send = async (
  make: (deps: CommandEndpointDeps) => ApiFunction,
  { returnId, orderId = ORDER_ID, caller = OPERATOR, ...request }: Sent = {},
) =>
  make(deps)(
    apiEvent({
      method: 'POST',
      path: SELF,
      orderId,
      caller,
      ...request,
      ...(returnId ? { pathParameters: { returnId } } : {}),
    }),
    lambdaContext(),
  );
const problem = (status: number, kind: string) => ({
  statusCode: status,
  body: expect.stringContaining(`"urn:waybill:problem:${kind}"`),
});

describe('A command that is taken', () => {
  test('is answered 202 with how the order is now, where it is, and its new ETag', async () => {
    await given(STREAMS.held);
    const answer = await send(makeApprove);
    expect(answer).toMatchObject({ statusCode: 202, headers: { Location: SELF, ETag: '"2"' } });
    expect(answer.headers).not.toHaveProperty('Idempotency-Replayed');
    expect(bodyOf(answer)).toEqual({
      orderId: ORDER_ID,
      version: 2,
      status: 'created',
      links: { self: SELF, history: `${SELF}/history` },
    });
  });

  test('is on the order’s record with its sender and the correlation id of the request', async () => {
    await given(STREAMS.created);
    await send(makeCancel, {
      caller: OWNER,
      headers: { 'X-Correlation-Id': 'corr-7' },
      body: { comment: 'Changed my mind.' },
    });
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'CancellationRequested',
      data: { reason: 'customer_request', comment: 'Changed my mind.' },
      actor: { type: 'customer', id: CUSTOMER_ID },
      correlationId: 'corr-7',
      causationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('by an operator says so', async () => {
    await given(STREAMS.created);
    await send(makeCancel);
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({
      data: { reason: 'operator_request' },
      actor: { type: 'operator', id: 'O1' },
    });
  });

  test('names what it brings about', async () => {
    await given(STREAMS.shipped);
    const { refundId } = bodyOf(
      await send(makeRefund, { body: { type: 'amount', amount: { amount: 1, currency: 'CNY' } } }),
    );
    const { returnId } = bodyOf(
      await send(makeReturn, { body: { items: [{ sku: 'MUG-BLUE', quantity: 1 }] }, caller: OWNER }),
    );
    expect(await send(makeReceive, { returnId: String(returnId) })).toMatchObject({ statusCode: 202 });
    expect((await log.read(ORDER_ID, 8)).map(({ type, data }) => [type, data])).toMatchObject([
      ['RefundRequested', { refundId }],
      ['ReturnRequested', { returnId }],
      ['ReturnReceived', { returnId }],
      ['RefundRequested', { returnId }],
    ]);
  });
});

describe('The body', () => {
  test.each([
    ['is left out', undefined],
    ['is empty', {}],
  ])('may be one that %s', async (_, body) => {
    await given(STREAMS.held);
    expect(await send(makeApprove, { body })).toMatchObject({ statusCode: 202 });
  });

  test.each([
    ['a field that is not known', makeApprove, { force: true }, '/force'],
    ['nothing where something is wanted', makeChangeAddress, undefined, '/shippingAddress'],
    ['a refund of no kind', makeRefund, { type: 'half' }, '/type'],
    ['a refund of nothing', makeRefund, { type: 'amount', amount: { amount: 0, currency: 'CNY' } }, '/amount/amount'],
  ] as const)('with %s is pointed at, and nothing happens', async (_, make, body, pointer) => {
    await given(STREAMS.held);
    const answer = await send(make, { body });
    expect(answer).toMatchObject(problem(400, 'invalid-request'));
    expect(bodyOf(answer).errors).toMatchObject([{ pointer }]);
    expect(await types()).toHaveLength(1);
  });
});

describe('A command of somebody who may not', () => {
  test.each<[string, Caller, ReturnType<typeof problem>]>([
    ['a customer', OWNER, problem(403, 'forbidden')],
    [
      'an operator without the scope',
      operator('orders:read', 'orders:refund', 'orders:fulfil'),
      problem(403, 'forbidden'),
    ],
  ])('%s approves no order, be there one or not', async (_, caller, refused) => {
    await given(STREAMS.held);
    expect(await send(makeApprove, { caller })).toMatchObject(refused);
    expect(await send(makeApprove, { caller, orderId: '0190f3a0-0000-7000-8000-000000000999' })).toMatchObject(refused);
    expect(await types()).toEqual(['OrderCreated']);
  });

  test('another customer finds no order, as with an id that is none', async () => {
    await given(STREAMS.created);
    for (const orderId of [ORDER_ID, '0190f3a0-0000-7000-8000-000000000999', 'no-id']) {
      const answer = await send(makeCancel, { caller: customer('C-2'), orderId });
      expect(answer).toMatchObject(problem(404, 'order-not-found'));
      expect(bodyOf(answer).detail).toBe(`There is no order ${orderId}.`);
    }
    expect(await types()).toEqual(['OrderCreated']);
  });
});

describe('If-Match', () => {
  test('of the order’s ETag lets a change through, of another one does not', async () => {
    await given(STREAMS.created);
    const first = await send(makeChangeAddress, { body: elsewhere, headers: { 'If-Match': '"1"' } });
    expect(first).toMatchObject({ statusCode: 202, headers: { ETag: '"2"' } });
    expect(await send(makeChangeAddress, { body: elsewhere, headers: { 'If-Match': '"1"' } })).toMatchObject(
      problem(412, 'precondition-failed'),
    );
    expect(
      await send(makeChangeAddress, { body: elsewhere, headers: { 'If-Match': String(first.headers?.ETag) } }),
    ).toMatchObject({ statusCode: 202 });
  });

  test.each(['1', 'W/"1"', '"x"', '*'])('%s is no ETag of an order', async (tag) => {
    await given(STREAMS.created);
    expect(await send(makeChangeAddress, { body: elsewhere, headers: { 'If-Match': tag } })).toMatchObject(
      problem(400, 'invalid-request'),
    );
    expect(await types()).toHaveLength(1);
  });
});

describe('The Idempotency-Key', () => {
  const keyed = (over: Sent = {}): Sent => ({ ...over, headers: { ...over.headers, 'Idempotency-Key': 'key-1' } });
  const fen = (amount: number) => ({ type: 'amount', amount: { amount, currency: 'CNY' } });

  test('gets the first answer again, which says that it is one, however the order has changed meanwhile', async () => {
    await given(STREAMS.processing);
    const first = await send(makeRefund, keyed({ body: fen(1) }));
    await send(makeShip);
    const second = await send(makeRefund, keyed({ body: fen(1) }));
    expect(second.headers).toMatchObject({ 'Idempotency-Replayed': 'true', ETag: first.headers!.ETag, Location: SELF });
    expect([second.statusCode, second.body]).toEqual([202, first.body]);
    expect(await types()).toHaveLength(8);
  });

  test('has one effect even when no record of the first answer was kept', async () => {
    await given(STREAMS.processing);
    const first = bodyOf(await send(makeRefund, keyed({ body: fen(1) })));
    deps = { ...deps, idempotency: inMemoryIdempotency() };
    expect(bodyOf(await send(makeRefund, keyed({ body: fen(1) })))).toEqual(first);
    expect(await send(makeRefund, keyed({ body: fen(2) }))).toMatchObject(problem(422, 'idempotency-key-reused'));
    deps = { ...deps, idempotency: inMemoryIdempotency() };
    expect(await send(makeRefund, keyed({ body: fen(2) }))).toMatchObject(problem(422, 'idempotency-key-reused'));
    expect(await types()).toHaveLength(7);
  });

  test.each<[string, Sent]>([
    ['body', { body: fen(2) }],
    ['If-Match', { body: fen(1), headers: { 'If-Match': '"7"' } }],
  ])('with another %s is refused', async (_, other) => {
    await given(STREAMS.processing);
    await send(makeRefund, keyed({ body: fen(1) }));
    expect(await send(makeRefund, keyed(other))).toMatchObject(problem(422, 'idempotency-key-reused'));
    expect(await types()).toHaveLength(7);
  });

  test('of a request that is not answered yet is a conflict, to be tried again', async () => {
    await given(STREAMS.processing);
    const answers = await Promise.all([
      send(makeRefund, keyed({ body: fen(1) })),
      send(makeRefund, keyed({ body: fen(1) })),
    ]);
    expect(answers).toMatchObject([
      { statusCode: 202 },
      { ...problem(409, 'idempotency-key-in-use'), headers: { 'Retry-After': '1' } },
    ]);
    expect(await types()).toHaveLength(7);
  });

  test('of a request that was refused may be used for one that is right', async () => {
    await given(STREAMS.processing);
    expect(await send(makeRefund, keyed({ body: fen(9_999) }))).toMatchObject(problem(422, 'request-refused'));
    expect(await send(makeRefund, keyed({ body: fen(1) }))).toMatchObject({ statusCode: 202 });
  });

  test('is the caller’s own, and the operation’s', async () => {
    await given(STREAMS.processing);
    await send(makeRefund, keyed({ body: fen(1) }));
    expect(await send(makeRefund, keyed({ body: fen(2), caller: { ...OPERATOR, id: 'O2' } }))).toMatchObject({
      statusCode: 202,
    });
    expect(await send(makeShip, keyed())).toMatchObject({ statusCode: 202 });
    expect(await types()).toHaveLength(9);
  });
});

describe('What stands against a command', () => {
  test('is a conflict that names both states', async () => {
    await given(STREAMS.created);
    const answer = await send(makeApprove);
    expect(answer).toMatchObject(problem(409, 'illegal-transition'));
    expect(bodyOf(answer).detail).toBe(
      'The order is created; ApproveOrder, which makes it created, is possible only while it is held.',
    );
  });

  test('when others keep changing the order is a conflict, to be tried again', async () => {
    await given(STREAMS.held);
    log.append = async () => ({ ok: false, refusal: { kind: 'version-conflict' } });
    expect(await send(makeApprove)).toMatchObject({
      ...problem(409, 'conflicting-change'),
      headers: { 'Retry-After': '1' },
    });
  });

  test('is that the order has no such return', async () => {
    await given(STREAMS.shipped);
    expect(await send(makeReceive, { returnId: 'no-such' })).toMatchObject(problem(404, 'return-not-found'));
  });
});
