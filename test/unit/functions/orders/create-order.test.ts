import '../../../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Catalogue } from '../../../../functions/orders/application/ports.ts';
import { DependencyUnavailable } from '../../../../functions/shared/kernel/errors.ts';
import { parseOrderId, type Sku } from '../../../../functions/shared/kernel/ids.ts';
import { bodyOf, customer, operator } from '../../../support/api/invocations.ts';
import { orderBody } from '../../../support/api/order-requests.ts';
import { SCOPES } from '../../../support/api/routes.ts';
import { ARTICLES, CreateOrderEndpoint } from '../../../support/orders/create-order-endpoint.ts';
import { EVENTS, newEvent, START } from '../../../support/orders/streams.ts';

const DAY_MS = 24 * 3_600_000;

let orders: CreateOrderEndpoint;
let log: CreateOrderEndpoint['log'];
beforeEach(() => {
  orders = new CreateOrderEndpoint();
  ({ log } = orders);
});

describe('An order that is accepted', () => {
  test('is answered 202 with its id, its total and its location', async () => {
    const answer = await orders.create(
      orderBody({
        items: [
          { sku: 'MUG-BLUE', quantity: 3 },
          { sku: 'TSHIRT', quantity: 1 },
        ],
      }),
    );
    const { orderId, ...rest } = bodyOf(answer);
    expect(answer.statusCode).toBe(202);
    expect(answer.headers?.Location).toBe(`/api/v1/orders/${String(orderId)}`);
    expect(rest).toMatchObject({ status: 'created', total: { amount: 26_400, currency: 'CNY' } });
  });

  test('is one OrderCreated with names and prices of the catalogue', async () => {
    const answer = await orders.create(orderBody({ items: [{ sku: 'MUG-BLUE', quantity: 3 }] }), {
      headers: { 'X-Correlation-Id': 'abc-1' },
    });
    const [event, ...others] = await log.read(parseOrderId(bodyOf(answer).orderId as string));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'OrderCreated',
      version: 1,
      correlationId: 'abc-1',
      occurredAt: new Date(START).toISOString(),
      actor: { type: 'customer', id: 'C1' },
      data: {
        lines: [{ sku: 'MUG-BLUE', name: 'Mug, blue', quantity: 3, unitPrice: { amount: 4_500, currency: 'CNY' } }],
        total: { amount: 13_500, currency: 'CNY' },
        paymentMethod: { type: 'card', token: 'tok_ok' },
      },
    });
  });

  test('records what the shop promises, and tells by when the order can be expected', async () => {
    orders.promises = { confirmWithinSeconds: 60, shipWithinDays: 1, deliverWithinDays: 2 };
    const answer = await orders.create(orderBody());
    const promised = [60_000, DAY_MS, 2 * DAY_MS].map((ms) => new Date(START + ms).toISOString());
    expect(bodyOf(answer).estimatedDeliveryAt).toBe(promised[2]);
    expect(log.created.promised).toEqual({ confirmed: promised[0], shipped: promised[1], delivered: promised[2] });
  });

  test('promises nothing of a shop that does not', async () => {
    orders.promises = { confirmWithinSeconds: null, shipWithinDays: null, deliverWithinDays: null };
    expect(bodyOf(await orders.create(orderBody()))).not.toHaveProperty('estimatedDeliveryAt');
    expect(log.created).not.toHaveProperty('promised');
  });

  test('holds the token’s name and e-mail address of the customer, which can differ from the recipient', async () => {
    await orders.create(orderBody(), { caller: customer('C1', { name: '王芳', email: 'wang@example.com' }) });
    const { customer: contact, shippingAddress } = log.created;
    expect([contact, shippingAddress.name]).toEqual([{ name: '王芳', email: 'wang@example.com' }, 'Li Wei']);
  });

  test('is in the name of the recipient when the token has no name', async () => {
    await orders.create(orderBody());
    expect(log.created.customer).toEqual({ name: 'Li Wei' });
  });

  test('may name an article twice: the quantities add up to one line', async () => {
    await orders.create(
      orderBody({
        items: [
          { sku: 'MUG-BLUE', quantity: 1 },
          { sku: 'TSHIRT', quantity: 1 },
          { sku: 'MUG-BLUE', quantity: 2 },
        ],
      }),
    );
    const { lines } = log.created;
    expect(lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['MUG-BLUE', 3],
      ['TSHIRT', 1],
    ]);
  });

  test('carries the correlation id of the request, or a new one', async () => {
    expect(
      (await orders.create(orderBody(), { headers: { 'x-correlation-id': 'abc-1' } })).headers?.['X-Correlation-Id'],
    ).toBe('abc-1');
    expect((await orders.create(orderBody())).headers?.['X-Correlation-Id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(
      (await orders.create(orderBody(), { headers: { 'x-correlation-id': 'not one\n' } })).headers?.[
        'X-Correlation-Id'
      ],
    ).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('A repeated request', () => {
  const key = () => ({ 'Idempotency-Key': randomUUID() });

  test('without a key is another order', async () => {
    const [first, second] = [await orders.create(orderBody()), await orders.create(orderBody())];
    expect(bodyOf(first).orderId).not.toBe(bodyOf(second).orderId);
  });

  test('with its key is the same order, and says that it is a repetition', async () => {
    const headers = key();
    const [first, second] = [
      await orders.create(orderBody(), { headers }),
      await orders.create(orderBody(), { headers }),
    ];
    expect([first.statusCode, second.statusCode]).toEqual([202, 202]);
    expect([first, second].map(({ headers }) => headers?.['Idempotency-Replayed'])).toEqual([undefined, 'true']);
    expect(second.body).toBe(first.body);
    expect(await log.read(parseOrderId(bodyOf(first).orderId as string))).toHaveLength(1);
  });

  test('keeps the price of the first one', async () => {
    const headers = key();
    const dearer: Catalogue = {
      find: async () =>
        new Map([['TSHIRT' as Sku, { ...ARTICLES[1]!, unitPrice: { amount: 99_900, currency: 'CNY' } }]]),
    };
    const [first, second] = [
      await orders.create(orderBody(), { headers }),
      await orders.create(orderBody(), { headers, catalogue: dearer }),
    ];
    expect(bodyOf(second).total).toEqual(bodyOf(first).total);
  });

  test('keeps the promise of the first one', async () => {
    const headers = key();
    const first = await orders.create(orderBody(), { headers });
    [orders.now, orders.promises] = [START + DAY_MS, { deliverWithinDays: 300 }];
    expect((await orders.create(orderBody(), { headers })).body).toBe(first.body);
  });

  test('finds an order that waits for goods also after 31 days, when its code no longer holds, and tells what the first one was told', async () => {
    const headers = key();
    const request = { ...orderBody(), discountCodes: ['TODAY'] };
    const first = bodyOf(await orders.create(request, { headers }));
    const orderId = parseOrderId(first.orderId as string);
    await log.append(orderId, 1, [newEvent(EVENTS.backordered, 1, orderId)]);
    orders.now = START + 31 * 86_400_000;
    const again = await orders.create(request, { headers });
    expect(again.statusCode).toBe(202);
    expect(bodyOf(again)).toEqual(first);
    expect((await log.read(orderId)).map(({ type }) => type)).toEqual(['OrderCreated', 'OrderBackordered']);
    expect((await orders.create(request, { headers: key() })).statusCode).toBe(422);
  });

  test('with its key and another body is refused', async () => {
    const headers = key();
    await orders.create(orderBody(), { headers });
    const answer = await orders.create(orderBody({ token: 'tok_declined' }), { headers });
    expect(answer.statusCode).toBe(422);
    expect(bodyOf(answer).type).toBe('urn:waybill:problem:idempotency-key-reused');
  });

  test('of two customers with the same key are two orders', async () => {
    const headers = key();
    const placedBy = (customerId: string) =>
      orders.create(orderBody({ customerId }), { headers, caller: customer(customerId) });
    const [first, second] = [await placedBy('C1'), await placedBy('C2')];
    expect(bodyOf(first).orderId).not.toBe(bodyOf(second).orderId);
  });
});

describe('An order for another customer', () => {
  test.each([
    ['another customer', customer('C2')],
    ['an operator, whatever the scopes', operator(...SCOPES)],
  ])('is forbidden to %s, and nothing is stored', async (_, caller) => {
    const answer = await orders.create(orderBody({ customerId: 'C1' }), { caller });
    expect(answer.statusCode).toBe(403);
    expect(bodyOf(answer).type).toBe('urn:waybill:problem:forbidden');
    expect(log.appended).toEqual([]);
  });
});

describe('When something breaks', () => {
  const broken = (error: Error): Catalogue => ({ find: () => Promise.reject(error) });

  test('a service that does not answer is 503, to be tried again', async () => {
    const answer = await orders.create(orderBody(), {
      catalogue: broken(new DependencyUnavailable('DynamoDB is busy.')),
    });
    expect(answer).toMatchObject({
      statusCode: 503,
      headers: { 'Retry-After': '1', 'Content-Type': 'application/problem+json' },
    });
  });

  test('a fault of ours is 500 and tells no more than the correlation id', async () => {
    const answer = await orders.create(orderBody(), { catalogue: broken(new TypeError('secret detail')) });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/secret|TypeError|\.ts/);
  });
});
