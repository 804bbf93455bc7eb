import { describe, expect, test } from 'vitest';
import { toldOf } from '../../../../functions/notifications/domain/notification-of.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { HAPPY_PATH, line, streamOf } from '../../../support/orders/streams.ts';

const lines = [{ sku: line().sku, quantity: 1 }];
const requested: OrderEvent = { type: 'ReturnRequested', data: { returnId: 'return-1', lines } };
const expired: OrderEvent = { type: 'ReturnExpired', data: { returnId: 'return-1', lines } };
const came = (returnId: string): OrderEvent => ({
  type: 'ReturnReceived',
  data: { returnId, accepted: lines, rejected: [] },
});
/** What is told of the event at this place after the confirmation when all of them are known. */
const told = (place: number, ...events: readonly OrderEvent[]) => {
  const stream = streamOf([...HAPPY_PATH, ...events]);
  return toldOf(stream[HAPPY_PATH.length + place]!, stream, { language: 'en', timeZone: 'UTC' })?.template;
};

describe('Of a return that nobody has sent', () => {
  test('a customer is told, and not any more that it is expected', () => {
    expect(told(0, requested, expired)).toBeUndefined();
    expect(told(1, requested, expired)).toBe('return-expired');
  });

  test('nothing is told when it comes after all; it is when another one does', () => {
    expect(told(1, requested, expired, came('return-1'))).toBeUndefined();
    expect(told(1, requested, expired, came('return-2'))).toBe('return-expired');
  });
});
