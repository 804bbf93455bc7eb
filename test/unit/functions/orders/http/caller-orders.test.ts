import { describe, expect, test } from 'vitest';
import { ordersOpenTo } from '../../../../../functions/orders/http/caller-orders.ts';
import { customer, operator } from '../../../../support/api/invocations.ts';

describe('Orders are open', () => {
  test('to the customer who placed them, and to no other', () => {
    const isOpen = ordersOpenTo(customer('C1'));
    expect(isOpen('C1')).toBe(true);
    expect(['C2', 'c1', 'C1 ', ''].map(isOpen)).toEqual([false, false, false, false]);
  });

  test('to operators, for every customer', () => {
    expect(ordersOpenTo(operator('orders:read'))('C1')).toBe(true);
  });
});
