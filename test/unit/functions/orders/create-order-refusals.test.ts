import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { bodyOf } from '../../../support/api/invocations.ts';
import { orderBody } from '../../../support/api/order-requests.ts';
import { CreateOrderEndpoint } from '../../../support/orders/create-order-endpoint.ts';

let orders: CreateOrderEndpoint;
let log: CreateOrderEndpoint['log'];
beforeEach(() => {
  orders = new CreateOrderEndpoint();
  ({ log } = orders);
});

describe('A request that is wrong', () => {
  const valid = orderBody();
  const item = (over: object) => ({ ...valid, items: [{ sku: 'TSHIRT', quantity: 1, ...over }] });
  const cases: readonly (readonly [string, unknown, number, string, readonly string[]])[] = [
    ['broken JSON', '{"customerId":', 400, 'malformed-json', []],
    ['nothing', '', 400, 'malformed-json', []],
    ['null', 'null', 400, 'invalid-request', ['']],
    ['an array', [], 400, 'invalid-request', ['']],
    ['an unknown field', { ...valid, discount: 1 }, 400, 'invalid-request', ['/discount']],
    ['two unknown fields', { ...valid, discount: 1, 'a/b': 2 }, 400, 'invalid-request', ['/discount', '/a~1b']],
    ['a price from the client', item({ unitPrice: 1 }), 400, 'invalid-request', ['/items/0/unitPrice']],
    ['a wrong type', { ...valid, customerId: 7 }, 400, 'invalid-request', ['/customerId']],
    ['a missing field', { ...valid, customerId: undefined }, 400, 'invalid-request', ['/customerId']],
    [
      'an address that lacks what its country has, and a wrong quantity',
      { ...item({ quantity: 0 }), shippingAddress: { name: 'Ann', street: '1 Road', city: 'Reno', country: 'US' } },
      400,
      'invalid-request',
      ['/items/0/quantity', '/shippingAddress/state', '/shippingAddress/postalCode'],
    ],
    ['no items', { ...valid, items: [] }, 400, 'invalid-request', ['/items']],
    [
      '98 items',
      { ...valid, items: Array.from({ length: 98 }, () => ({ sku: 'TSHIRT', quantity: 1 })) },
      400,
      'invalid-request',
      ['/items'],
    ],
    ['quantity 0', item({ quantity: 0 }), 400, 'invalid-request', ['/items/0/quantity']],
    ['a negative quantity', item({ quantity: -1 }), 400, 'invalid-request', ['/items/0/quantity']],
    ['half a piece', item({ quantity: 0.5 }), 400, 'invalid-request', ['/items/0/quantity']],
    ['quantity as text', item({ quantity: '1' }), 400, 'invalid-request', ['/items/0/quantity']],
    ['1,000 pieces', item({ quantity: 1_000 }), 400, 'invalid-request', ['/items/0/quantity']],
    [
      '1,000 pieces in two lines',
      {
        ...valid,
        items: [
          { sku: 'TSHIRT', quantity: 500 },
          { sku: 'TSHIRT', quantity: 500 },
        ],
      },
      400,
      'invalid-request',
      ['/items'],
    ],
    [
      'a street of spaces',
      { ...valid, shippingAddress: { ...valid.shippingAddress, street: '  ' } },
      400,
      'invalid-request',
      ['/shippingAddress/street'],
    ],
    ['a code in small letters', { ...valid, discountCodes: ['mugs'] }, 400, 'invalid-request', ['/discountCodes/0']],
    ['a code twice', { ...valid, discountCodes: ['MUGS', 'MUGS'] }, 400, 'invalid-request', ['/discountCodes']],
    [
      'eleven codes',
      { ...valid, discountCodes: Array.from({ length: 11 }, (_, index) => `CODE-${index}`) },
      400,
      'invalid-request',
      ['/discountCodes'],
    ],
    [
      'another payment method',
      { ...valid, paymentMethod: { type: 'cash' } },
      400,
      'invalid-request',
      ['/paymentMethod/type'],
    ],
    ['a 2 MB body', { ...valid, customerId: 'x'.repeat(2_000_000) }, 413, 'body-too-large', []],
    [
      '10,000 items',
      { ...valid, items: Array.from({ length: 10_000 }, () => ({ sku: 'TSHIRT', quantity: 1 })) },
      413,
      'body-too-large',
      [],
    ],
    ['an article that the catalogue does not list', item({ sku: 'NO-SUCH' }), 422, 'unknown-sku', []],
    [
      'articles in two currencies',
      {
        ...valid,
        items: [
          { sku: 'TSHIRT', quantity: 1 },
          { sku: 'IMPORT', quantity: 1 },
        ],
      },
      400,
      'invalid-request',
      ['/items'],
    ],
    ['a total beyond exact numbers', item({ sku: 'PLANET', quantity: 2 }), 422, 'order-too-large', []],
  ];

  test.each(cases)(
    '(%s) is answered with a problem document that points at every fault, and nothing is stored',
    async (_, body, status, kind, pointers) => {
      const answer = await orders.create(body);
      expect(answer.statusCode).toBe(status);
      expect(answer.headers).toMatchObject({
        'Content-Type': 'application/problem+json',
        'X-Correlation-Id': expect.any(String),
      });
      const problem = bodyOf(answer) as { errors?: { pointer: string }[] };
      expect(problem).toMatchObject({
        type: `urn:waybill:problem:${kind}`,
        status,
        title: expect.any(String),
        detail: expect.any(String),
        instance: '/api/v1/orders',
      });
      expect((problem.errors ?? []).map(({ pointer }) => pointer)).toEqual(pointers);
      expect(log.appended).toEqual([]);
    },
  );

  test('names the articles that the catalogue does not have', async () => {
    const answer = await orders.create({
      ...valid,
      items: [
        { sku: 'NO-SUCH', quantity: 1 },
        { sku: 'TSHIRT', quantity: 1 },
        { sku: 'NOR-THIS', quantity: 1 },
      ],
    });
    expect(bodyOf(answer).detail).toMatch(/NO-SUCH, NOR-THIS/);
  });

  test.each([
    { type: 'alipay', via: 'qr_code' },
    { type: 'wechat_pay', via: 'qr_code' },
  ])('in euros is refused for $type, which takes yuan only, and taken for a card', async (paymentMethod) => {
    const imported = item({ sku: 'IMPORT' });
    const answer = await orders.create({ ...imported, paymentMethod });
    expect(answer.statusCode).toBe(422);
    expect(bodyOf(answer)).toMatchObject({
      type: 'urn:waybill:problem:request-refused',
      detail: `The order is in EUR, and ${paymentMethod.type} takes CNY only. Choose another method of payment.`,
    });
    expect(log.appended).toEqual([]);
    expect((await orders.create(imported)).statusCode).toBe(202);
  });

  test('with a total that the card gateway cannot take is refused, and taken for a bank transfer', async () => {
    const dates = item({ sku: 'DATES' });
    const answer = await orders.create(dates);
    expect(answer.statusCode).toBe(422);
    expect(bodyOf(answer).detail).toBe(
      '5.124 KWD cannot be paid by card, which takes multiples of 0.010 KWD. Change the items, or choose another method of payment.',
    );
    expect(log.appended).toEqual([]);
    const paymentMethod = { type: 'bank_transfer' };
    expect((await orders.create({ ...dates, paymentMethod })).statusCode).toBe(202);
  });

  test('in another media type is refused', async () => {
    const answer = await orders.create(JSON.stringify(valid), { headers: { 'Content-Type': 'text/plain' } });
    expect(answer.statusCode).toBe(415);
  });

  test.each([
    ['', 400],
    ['x'.repeat(256), 400],
    ['with space', 400],
  ])('with the Idempotency-Key "%s" is refused', async (key, status) => {
    expect((await orders.create(valid, { headers: { 'Idempotency-Key': key } })).statusCode).toBe(status);
    expect(log.appended).toEqual([]);
  });
});
