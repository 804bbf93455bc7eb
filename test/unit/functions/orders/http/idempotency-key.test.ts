import '../../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler as makeRefund } from '../../../../../functions/orders/refund-order.ts';
import { makeHandler as makeShip } from '../../../../../functions/orders/ship-order.ts';
import { bodyOf } from '../../../../support/api/invocations.ts';
import { CommandEndpoints, OPERATOR, problem, SELF, type Sent } from '../../../../support/orders/command-endpoints.ts';
import { STREAMS } from '../../../../support/orders/lifecycle.ts';

let endpoints: CommandEndpoints;
let given: CommandEndpoints['given'];
let types: CommandEndpoints['types'];
let send: CommandEndpoints['send'];
beforeEach(() => {
  endpoints = new CommandEndpoints();
  ({ given, types, send } = endpoints);
});

describe('The Idempotency-Key', () => {
  const keyed = (over: Sent = {}): Sent => ({ ...over, headers: { ...over.headers, 'Idempotency-Key': 'key-1' } });
  const fen = (amount: number) => ({ type: 'amount', amount: { amount, currency: 'CNY' } });

  test('gets the first answer again, marked as a repetition, even when the order has changed in between', async () => {
    await given(STREAMS.processing);
    const first = await send(makeRefund, keyed({ body: fen(1) }));
    await send(makeShip);
    const second = await send(makeRefund, keyed({ body: fen(1) }));
    expect(second.headers).toMatchObject({ 'Idempotency-Replayed': 'true', ETag: first.headers!.ETag, Location: SELF });
    expect([second.statusCode, second.body]).toEqual([202, first.body]);
    expect(await types()).toHaveLength(9);
  });

  test('has one effect even when no record of the first answer was kept', async () => {
    await given(STREAMS.processing);
    const first = bodyOf(await send(makeRefund, keyed({ body: fen(1) })));
    endpoints.forgetAnswers();
    expect(bodyOf(await send(makeRefund, keyed({ body: fen(1) })))).toEqual(first);
    expect(await send(makeRefund, keyed({ body: fen(2) }))).toMatchObject(problem(422, 'idempotency-key-reused'));
    endpoints.forgetAnswers();
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

  test('of a request that is not answered yet is a conflict with a time to retry', async () => {
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

  test('of a request that was refused may be used for a corrected one', async () => {
    await given(STREAMS.processing);
    expect(await send(makeRefund, keyed({ body: fen(9_999) }))).toMatchObject(problem(422, 'request-refused'));
    expect(await send(makeRefund, keyed({ body: fen(1) }))).toMatchObject({ statusCode: 202 });
  });

  test('belongs to its caller and its operation', async () => {
    await given(STREAMS.processing);
    await send(makeRefund, keyed({ body: fen(1) }));
    expect(await send(makeRefund, keyed({ body: fen(2), caller: { ...OPERATOR, id: 'O2' } }))).toMatchObject({
      statusCode: 202,
    });
    expect(await send(makeShip, keyed())).toMatchObject({ statusCode: 202 });
    expect(await types()).toHaveLength(10);
  });
});
