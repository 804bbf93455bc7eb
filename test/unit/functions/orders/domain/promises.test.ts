import { expect, test } from 'vitest';
import { promisedTimes } from '../../../../../functions/orders/domain/promises.ts';

const NOW = Date.UTC(2026, 0, 31, 12);
const NOTHING = { confirmWithinSeconds: null, shipWithinDays: null, deliverWithinDays: null };

test('What is promised counts from the order', () => {
  expect(promisedTimes({ confirmWithinSeconds: 90, shipWithinDays: 2, deliverWithinDays: 5 }, NOW)).toEqual({
    confirmed: '2026-01-31T12:01:30.000Z',
    shipped: '2026-02-02T12:00:00.000Z',
    delivered: '2026-02-05T12:00:00.000Z',
  });
});

test('A shop can promise a part of it, or nothing', () => {
  expect(promisedTimes({ ...NOTHING, deliverWithinDays: 5 }, NOW)).toEqual({ delivered: '2026-02-05T12:00:00.000Z' });
  expect(promisedTimes(NOTHING, NOW)).toBeUndefined();
});
