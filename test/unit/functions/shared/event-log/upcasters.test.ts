import { describe, expect, test } from '@jest/globals';
import {
  orderCreatedToV2,
  schemaVersionOf,
  type Upcasters,
  upcast,
} from '../../../../../functions/shared/event-log/upcasters.ts';
import { EVENTS, newEvent, ORDER_ID } from '../../../../support/orders/streams.ts';

/** A log in which declined payments have come to version 3. */
const upcasters = {
  PaymentDeclined: [
    ({ code }: Record<string, unknown>) => ({ declineCode: code }),
    (data: Record<string, unknown>) => ({ ...data, final: true }),
  ],
} as unknown as Upcasters;

const stored = (schemaVersion: unknown, data: unknown) => ({
  ...newEvent(EVENTS.declined, 1),
  data,
  orderId: ORDER_ID,
  version: 2,
  schemaVersion,
});
const today = { declineCode: 'insufficient_funds', final: true };

describe('A stored event', () => {
  test.each([
    [1, { code: 'insufficient_funds' }],
    [2, { declineCode: 'insufficient_funds' }],
    [3, today],
  ])('of version %i comes to its shape of today, and only its data changes', (schemaVersion, data) => {
    expect(upcast(stored(schemaVersion, data), upcasters)).toEqual({
      ...newEvent(EVENTS.declined, 1),
      data: today,
      orderId: ORDER_ID,
      version: 2,
    });
  });

  test('is not changed by reading it', () => {
    const item = stored(1, Object.freeze({ code: 'x' }));
    upcast(Object.freeze(item), upcasters);
    expect(item.data).toEqual({ code: 'x' });
  });

  test.each([4, 0, 1.5, '1', undefined])(
    'of version %p is a fault with a name: other code wrote it',
    (schemaVersion) => {
      expect(() => upcast(stored(schemaVersion, {}), upcasters)).toThrow(
        expect.objectContaining({
          name: 'UnknownEventVersion',
          retryable: false,
          data: { orderId: ORDER_ID, version: 2, type: 'PaymentDeclined', schemaVersion },
        }),
      );
    },
  );

  test.each(['OrderTeleported', 'toString', undefined])(
    'of the type %p is the same fault: nothing of it may be shown or published',
    (type) => {
      expect(() => upcast({ ...stored(1, { address: 'secret' }), type })).toThrow(
        expect.objectContaining({ name: 'UnknownEventVersion', message: expect.not.stringContaining('secret') }),
      );
    },
  );

  test('is stored in the version that the code reads without upcasting', () => {
    const item = stored(schemaVersionOf('PaymentDeclined'), EVENTS.declined.data);
    expect(upcast(item).data).toBe(item.data);
  });
});

describe('An order created before discounts', () => {
  test('had none, cost its lines, and its customer is known by the name on the parcel', () => {
    const cny = (amount: number) => ({ amount, currency: 'CNY' });
    const shippingAddress = {
      name: 'Li Wei',
      street: '88 Nanjing Road',
      city: 'Shanghai',
      state: 'Shanghai',
      country: 'CN',
      postalCode: '200000',
    };
    const old = {
      customerId: 'C-1',
      lines: [
        { sku: 'MUG-BLUE', name: 'Mug', quantity: 3, unitPrice: cny(4_500) },
        { sku: 'TSHIRT', name: 'T-shirt', quantity: 1, unitPrice: cny(12_900) },
      ],
      total: cny(26_400),
      shippingAddress,
      paymentMethod: { type: 'card', token: 'tok_ok' },
      requestHash: 'a'.repeat(64),
    };
    expect(orderCreatedToV2(old)).toEqual({
      ...old,
      lines: [
        { ...old.lines[0], discount: cny(0), net: cny(13_500) },
        { ...old.lines[1], discount: cny(0), net: cny(12_900) },
      ],
      subtotal: cny(26_400),
      discounts: [],
      customer: { name: 'Li Wei' },
    });
  });
});
