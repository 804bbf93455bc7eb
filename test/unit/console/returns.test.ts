import { describe, expect, test } from 'vitest';
import type { OrderReturn } from '../../../console/src/api/types.ts';
import {
  effectsOf,
  moneyOf,
  REJECTIONS,
  type Receipt,
  receiptOf,
  requestOf,
  undecidedOf,
} from '../../../console/src/returns/receipt.ts';
import { REJECTION_REASONS } from '../../../functions/orders/domain/event-data.ts';
import { returnReceipt } from '../../../functions/orders/http/return-request.ts';

const back = (decided: Partial<OrderReturn> = {}): OrderReturn => ({
  returnId: 'b9438404-48b9-56a0-a8e6-828abc6ce855',
  status: 'requested',
  lines: [
    { sku: 'MUG', quantity: 3 },
    { sku: 'TEE', quantity: 1 },
  ],
  accepted: [],
  rejected: [],
  withdrawn: [],
  ...decided,
});

describe('What is undecided of a return', () => {
  test('is what was neither accepted nor rejected nor withdrawn', () => {
    const decided = back({
      accepted: [{ sku: 'MUG', quantity: 1 }],
      rejected: [{ sku: 'MUG', quantity: 1, reason: 'used' }],
      withdrawn: [{ sku: 'TEE', quantity: 1 }],
    });
    expect(undecidedOf(decided)).toEqual([{ sku: 'MUG', quantity: 1 }]);
    expect(undecidedOf(back())).toEqual(back().lines);
  });

  test('is also what has not come in time: it is taken when it comes after all', () => {
    expect(undecidedOf(back({ status: 'expired', expiredAt: '2026-03-01T00:00:00.000Z' }))).toEqual(back().lines);
  });
});

describe('A receipt', () => {
  const undecided = back().lines;
  const typed = (mug: Partial<Receipt[string]>): Receipt => {
    const whole = receiptOf(undecided);
    return { ...whole, MUG: { ...whole['MUG']!, ...mug } };
  };

  test('is everything at first, for sale again', () => {
    const request = requestOf(receiptOf(undecided), undecided)!;
    expect(request).toEqual({ accepted: undecided });
    expect(effectsOf(request, undecided)).toEqual({ refunded: 4, restocked: 4, damaged: 0, rejected: 0, awaited: 0 });
  });

  test('tells units that are for sale again from damaged ones, from those that are not taken back, and from those that are awaited', () => {
    const receipt = {
      ...typed({ good: '', damaged: '1', rejected: '1', reason: 'used' }),
      TEE: receiptOf([{ sku: 'TEE', quantity: 0 }])['TEE']!,
    };
    const request = requestOf(receipt, undecided)!;
    expect(request).toEqual({
      accepted: [{ sku: 'MUG', quantity: 1 }],
      damaged: [{ sku: 'MUG', quantity: 1 }],
      rejected: [{ sku: 'MUG', quantity: 1, reason: 'used' }],
    });
    expect(returnReceipt.safeParse(request).success).toBe(true);
    expect(effectsOf(request, undecided)).toEqual({ refunded: 1, restocked: 0, damaged: 1, rejected: 1, awaited: 2 });
  });

  test.each([
    ['more units than are undecided', typed({ good: '2', damaged: '1', rejected: '1' })],
    ['a part of a unit', typed({ good: '1.5' })],
    ['less than nothing', typed({ good: '-1' })],
    ['a word', typed({ rejected: 'all' })],
    ['nothing', { MUG: { ...typed({})['MUG']!, good: '' }, TEE: { ...typed({})['TEE']!, good: '0' } }],
  ])('cannot be sent with %s', (_, receipt) => {
    expect(requestOf(receipt, undecided)).toBeUndefined();
  });

  test('waives the fee of the shop when it says so', () => {
    const request = requestOf(receiptOf(undecided), undecided, true)!;
    expect(request).toEqual({ accepted: undecided, waivesFee: true });
    expect(returnReceipt.safeParse(request).success).toBe(true);
  });

  describe('that accepts everything', () => {
    const cny = (amount: number) => ({ amount, currency: 'CNY' });
    const terms = {
      returnId: back().returnId,
      lines: undecided,
      restockingFeeBasisPoints: 1_000,
      restockingFee: cny(333),
      refund: cny(3_000),
    };
    const whole = (waivesFee: boolean) => requestOf(receiptOf(undecided), undecided, waivesFee)!;

    test('gives back what the terms of the return say, and the fee as well when it is waived', () => {
      expect(moneyOf(whole(false), undecided, terms)).toEqual({ refund: cny(3_000), fee: cny(333) });
      expect(moneyOf(whole(true), undecided, terms)).toEqual({ refund: cny(3_333), fee: cny(0) });
    });

    test('is the only one of which the console knows that', () => {
      const part = requestOf(typed({ good: '2' }), undecided)!;
      expect(moneyOf(part, undecided, terms)).toBeUndefined();
      expect(moneyOf(whole(false), undecided, undefined)).toBeUndefined();
      expect(moneyOf(whole(false), undecided, { ...terms, lines: [{ sku: 'MUG', quantity: 3 }] })).toBeUndefined();
    });
  });

  test('has the reasons that the API has', () => {
    expect(REJECTIONS).toEqual(REJECTION_REASONS);
  });
});
