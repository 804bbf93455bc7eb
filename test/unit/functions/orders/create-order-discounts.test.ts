import '../../../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Sku } from '../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { bodyOf } from '../../../support/api/invocations.ts';
import { orderBody } from '../../../support/api/order-requests.ts';
import { CreateOrderEndpoint } from '../../../support/orders/create-order-endpoint.ts';

let orders: CreateOrderEndpoint;
let log: CreateOrderEndpoint['log'];
beforeEach(() => {
  orders = new CreateOrderEndpoint();
  ({ log } = orders);
});

describe('An order with discount codes', () => {
  const items = [
    { sku: 'MUG-BLUE', quantity: 3 },
    { sku: 'TSHIRT', quantity: 1 },
  ];
  const cny = (amount: number) => ({ amount, currency: 'CNY' });

  test('is stored with the discount of each code and the price of each line, and answered with the rest', async () => {
    const answer = await orders.create(orderBody({ items, discountCodes: ['MUGS', 'TODAY'] }));
    expect(bodyOf(answer)).toMatchObject({ status: 'created', total: cny(21_400) });
    expect(log.created).toMatchObject({
      lines: [
        { sku: 'MUG-BLUE', discount: cny(4_705), net: cny(8_795) },
        { sku: 'TSHIRT', discount: cny(295), net: cny(12_605) },
      ],
      subtotal: cny(26_400),
      discounts: [
        { code: 'MUGS', name: 'Three mugs for two', amount: cny(4_500) },
        { code: 'TODAY', name: '¥5.00 off, today', amount: cny(500) },
      ],
      total: cny(21_400),
    });
  });

  test('is repeated with its key even when the code has run out in between', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await orders.create(orderBody({ discountCodes: ['TODAY'] }), { headers });
    orders.now += 1;
    const second = await orders.create(orderBody({ discountCodes: ['TODAY'] }), { headers });
    expect(bodyOf(second)).toEqual(bodyOf(first));
    expect((await orders.create(orderBody({ discountCodes: ['TODAY'] }))).statusCode).toBe(422);
    expect(log.appended).toHaveLength(1);
  });

  test('is repeated with its key even when the record of the code cannot be read any more', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await orders.create(orderBody({ discountCodes: ['TODAY'] }), { headers });
    orders.promotions.put({ code: 'TODAY', name: 'Broken', rule: { type: 'percentage', basisPoints: 0 } });
    const second = await orders.create(orderBody({ discountCodes: ['TODAY'] }), { headers });
    expect(bodyOf(second)).toEqual(bodyOf(first));
    expect((await orders.create(orderBody({ discountCodes: ['TODAY'] }))).statusCode).toBe(500);
    expect(log.appended).toHaveLength(1);
  });

  test('is refused with the key of another order, and does not get the answer of that order', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    await orders.create(orderBody({ discountCodes: ['TODAY'] }), { headers });
    expect((await orders.create(orderBody({ discountCodes: ['NO-SUCH'] }), { headers })).statusCode).toBe(422);
  });

  test.each([
    ['that does not exist', 'NO-SUCH', 0],
    ['that has run out', 'TODAY', 1],
    ['that is for other articles', 'MUGS', 0],
  ])('is refused for a code %s, which is named, and nothing is stored', async (_, code, later) => {
    orders.now += later;
    const answer = await orders.create(orderBody({ discountCodes: [code] }));
    expect(bodyOf(answer)).toMatchObject({
      type: 'urn:waybill:problem:discount-not-applicable',
      status: 422,
      detail: expect.stringContaining(code),
    });
    expect(log.appended).toEqual([]);
  });

  test('is refused when it would be free', async () => {
    expect(bodyOf(await orders.create(orderBody({ discountCodes: ['GIFT'] })))).toMatchObject({
      type: 'urn:waybill:problem:nothing-to-charge',
      status: 422,
      detail: expect.stringMatching(/^These codes make the order free, .*: leave a code out\.$/),
    });
    expect(log.appended).toEqual([]);
  });

  test('of articles that are free by themselves is refused with another reason', async () => {
    const catalogue = {
      find: async ([sku]: readonly Sku[]) =>
        new Map([[sku!, { sku: sku!, name: 'Sample', unitPrice: money(0, 'CNY') }]]),
    };
    expect(bodyOf(await orders.create(orderBody(), { catalogue }))).toMatchObject({
      type: 'urn:waybill:problem:nothing-to-charge',
      detail: expect.stringMatching(/^All these articles are free, .*: add one that has a price\.$/),
    });
  });

  test('whose rule is invalid are answered 500, and no other price is charged', async () => {
    orders.promotions.put({ code: 'BROKEN', name: 'Broken', rule: { type: 'percentage', basisPoints: 0 } });
    expect((await orders.create(orderBody({ discountCodes: ['BROKEN'] }))).statusCode).toBe(500);
    expect(log.appended).toEqual([]);
  });
});
