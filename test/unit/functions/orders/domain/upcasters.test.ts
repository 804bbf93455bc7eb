import { describe, expect, test } from 'vitest';
import { orderCreatedToV2 } from '../../../../../functions/orders/domain/events.ts';

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
