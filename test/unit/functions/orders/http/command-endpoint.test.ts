import '../../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { knownCountries } from '../../../../../functions/orders/adapters/countries.ts';
import { makeHandler as makeApprove } from '../../../../../functions/orders/approve-order.ts';
import { makeHandler as changeAddressWith } from '../../../../../functions/orders/change-shipping-address.ts';
import type { CommandEndpointDeps } from '../../../../../functions/orders/http/command-endpoint.ts';
import { makeHandler as makeReceive } from '../../../../../functions/orders/receive-return.ts';
import { makeHandler as makeRefund } from '../../../../../functions/orders/refund-order.ts';
import { makeHandler as makeCancel } from '../../../../../functions/orders/request-cancellation.ts';
import { makeHandler as returnWith } from '../../../../../functions/orders/request-return.ts';
import type { Caller } from '../../../../../functions/shared/http/caller.ts';
import { bodyOf, customer, operator } from '../../../../support/api/invocations.ts';
import { fixedConfiguration } from '../../../../support/fakes/fixed-configuration.ts';
import { CommandEndpoints, elsewhere, OWNER, problem, SELF } from '../../../../support/orders/command-endpoints.ts';
import { STREAMS } from '../../../../support/orders/lifecycle.ts';
import { CUSTOMER_ID, ORDER_ID } from '../../../../support/orders/streams.ts';

const makeReturn = (deps: CommandEndpointDeps) => returnWith({ ...deps, configuration: fixedConfiguration() });
const makeChangeAddress = (deps: CommandEndpointDeps) => changeAddressWith({ ...deps, countries: knownCountries });

let endpoints: CommandEndpoints;
let given: CommandEndpoints['given'];
let types: CommandEndpoints['types'];
let send: CommandEndpoints['send'];
beforeEach(() => {
  endpoints = new CommandEndpoints();
  ({ given, types, send } = endpoints);
});

describe('A command that is accepted', () => {
  test('is answered 202 with the order’s status, its location and its new ETag', async () => {
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

  test('is in the order’s history with its sender and the correlation id of the request', async () => {
    await given(STREAMS.created);
    await send(makeCancel, {
      caller: OWNER,
      headers: { 'X-Correlation-Id': 'corr-7' },
      body: { comment: 'Changed my mind.' },
    });
    expect((await endpoints.log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'CancellationRequested',
      data: { reason: 'customer_request', comment: 'Changed my mind.' },
      actor: { type: 'customer', id: CUSTOMER_ID },
      correlationId: 'corr-7',
      causationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('by an operator has the operator as its actor', async () => {
    await given(STREAMS.created);
    await send(makeCancel);
    expect((await endpoints.log.read(ORDER_ID)).at(-1)).toMatchObject({
      data: { reason: 'operator_request' },
      actor: { type: 'operator', id: 'O1' },
    });
  });

  test('has the ids of refunds and returns that it creates', async () => {
    await given(STREAMS.shipped);
    const { refundId } = bodyOf(
      await send(makeRefund, { body: { type: 'amount', amount: { amount: 1, currency: 'CNY' } } }),
    );
    const { returnId } = bodyOf(
      await send(makeReturn, { body: { items: [{ sku: 'MUG-BLUE', quantity: 1 }] }, caller: OWNER }),
    );
    expect(await send(makeReceive, { returnId: String(returnId) })).toMatchObject({ statusCode: 202 });
    expect((await endpoints.log.read(ORDER_ID, 8)).map(({ type, data }) => [type, data])).toMatchObject([
      ['RefundRequested', { refundId }],
      ['ReturnRequested', { returnId }],
      ['ReturnReceived', { returnId }],
      ['RefundRequested', { returnId }],
    ]);
  });
});

describe('A return after the shop’s window', () => {
  const body = { items: [{ sku: 'MUG-BLUE', quantity: 1 }] };
  const DAY_MS = 24 * 3_600_000;

  test('is refused to a customer, in words, and taken from an operator', async () => {
    await given(STREAMS.delivered);
    endpoints.wait(31 * DAY_MS);
    const refused = await send(makeReturn, { body, caller: OWNER });
    expect(refused).toMatchObject(problem(422, 'request-refused'));
    expect(bodyOf(refused).detail).toMatch(
      /^The goods were delivered on \d{4}-\d\d-\d\d, and can be sent back for 30 days\./,
    );
    expect(await send(makeReturn, { body })).toMatchObject({ statusCode: 202 });
  });

  test('is none where the shop has set no window', async () => {
    await given(STREAMS.delivered);
    endpoints.wait(3_000 * DAY_MS);
    const always = (deps: CommandEndpointDeps) =>
      returnWith({ ...deps, configuration: fixedConfiguration({ returns: { windowDays: null } }) });
    expect(await send(always, { body, caller: OWNER })).toMatchObject({ statusCode: 202 });
  });
});

describe('A return', () => {
  const body = { items: [{ sku: 'MUG-BLUE', quantity: 1 }] };
  const requested = async () =>
    (await endpoints.log.read(ORDER_ID)).findLast(({ type }) => type === 'ReturnRequested')!;

  test.each([
    ['a customer', OWNER],
    ['an operator', undefined],
  ])('is expected for as long as the shop has set, whoever requests it: %s', async (_, caller) => {
    await given(STREAMS.delivered);
    await send(makeReturn, caller ? { body, caller } : { body });
    const { occurredAt, data } = await requested();
    expect(data).toMatchObject({
      expectedUntil: new Date(Date.parse(occurredAt) + 30 * 24 * 3_600_000).toISOString(),
    });
  });

  test('is expected for ever where the shop has set no time', async () => {
    await given(STREAMS.delivered);
    const always = (deps: CommandEndpointDeps) =>
      returnWith({ ...deps, configuration: fixedConfiguration({ returns: { sendWithinDays: null } }) });
    await send(always, { body });
    expect((await requested()).data).not.toHaveProperty('expectedUntil');
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
    ['no body where one is required', makeChangeAddress, undefined, '/shippingAddress'],
    ['a refund of no kind', makeRefund, { type: 'half' }, '/type'],
    ['a refund of nothing', makeRefund, { type: 'amount', amount: { amount: 0, currency: 'CNY' } }, '/amount/amount'],
  ] as const)('with %s is refused with a pointer to the fault, and nothing happens', async (_, make, body, pointer) => {
    await given(STREAMS.held);
    const answer = await send(make, { body });
    expect(answer).toMatchObject(problem(400, 'invalid-request'));
    expect(bodyOf(answer).errors).toMatchObject([{ pointer }]);
    expect(await types()).toHaveLength(1);
  });
});

describe('A command of a caller that is not allowed', () => {
  test.each<[string, Caller, ReturnType<typeof problem>]>([
    ['a customer', OWNER, problem(403, 'forbidden')],
    [
      'an operator without the scope',
      operator('orders:read', 'orders:refund', 'orders:fulfil'),
      problem(403, 'forbidden'),
    ],
  ])('%s approves no order, whether it exists or not', async (_, caller, refused) => {
    await given(STREAMS.held);
    expect(await send(makeApprove, { caller })).toMatchObject(refused);
    expect(await send(makeApprove, { caller, orderId: '0190f3a0-0000-7000-8000-000000000999' })).toMatchObject(refused);
    expect(await types()).toEqual(['OrderCreated']);
  });

  test('another customer gets the same answer as for an order that does not exist', async () => {
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

describe('A command that is not possible', () => {
  test('is a conflict that names both states', async () => {
    await given(STREAMS.created);
    const answer = await send(makeApprove);
    expect(answer).toMatchObject(problem(409, 'illegal-transition'));
    expect(bodyOf(answer).detail).toBe(
      'The order is created; ApproveOrder, which makes it created, is possible only while it is held.',
    );
  });

  test('because others keep changing the order is a conflict with a time to retry', async () => {
    await given(STREAMS.held);
    endpoints.log.append = async () => ({ ok: false, refusal: { kind: 'version-conflict' } });
    expect(await send(makeApprove)).toMatchObject({
      ...problem(409, 'conflicting-change'),
      headers: { 'Retry-After': '1' },
    });
  });

  test('on a return that the order does not have is 404', async () => {
    await given(STREAMS.shipped);
    expect(await send(makeReceive, { returnId: 'no-such' })).toMatchObject(problem(404, 'return-not-found'));
  });
});
