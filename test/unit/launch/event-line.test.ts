import { expect, test } from 'vitest';
import { eventLine } from '../../../launch/platform/event-line.ts';
import { STREAMS } from '../../support/orders/lifecycle.ts';
import { created } from '../../support/orders/streams.ts';

const lineOf = (detailType: string, data: object) =>
  eventLine({ source: 'waybill.orders', detailType, time: '2026-01-02T03:04:05.678Z', detail: { data } });

test('The line of an order with discounts names each of them', () => {
  const discounts = [
    { code: 'FIVE-OFF', name: '¥5.00 off', amount: { amount: 500, currency: 'CNY' } },
    { code: 'TEN', name: '10 %', amount: { amount: 850, currency: 'CNY' } },
  ];
  expect(lineOf('OrderCreated', { ...created().data, discounts })).toContain(
    'discounts FIVE-OFF ¥5.00 off 5.00 CNY, TEN 10 % 8.50 CNY',
  );
});

test.each(Object.values(STREAMS).flat())(
  'The line of an event is made of words, not of JSON: $type',
  ({ type, data }) => {
    expect(lineOf(type, data)).not.toMatch(/[{}"[\]]|undefined|null/);
  },
);

test.each([
  [{ amount: 8_800, currency: 'CNY' }, 'amount 88.00 CNY'],
  [{ amount: 500, currency: 'JPY' }, 'amount 500 JPY'],
  [{ amount: 1_500, currency: 'KWD' }, 'amount 1.500 KWD'],
])('The line of an event shows %o as %s', (amount, words) => {
  const detail = { orderId: 'order-1', version: 4, data: { amount } };
  const line = eventLine({
    source: 'waybill.payments',
    detailType: 'PaymentCaptured',
    time: '2026-01-02T03:04:05.678Z',
    detail,
  });
  expect(line).toContain(words);
});

test('The line of an event that is about no order begins with what has happened', () => {
  const detail = { data: { partner: 'carrier', from: 'closed', to: 'open' } };
  const time = '2026-01-02T03:04:05.678Z';
  expect(eventLine({ source: 'waybill.partners', detailType: 'CircuitOpened', time, detail })).toBe(
    '03:04:05.678  CircuitOpened        partner carrier · from closed · to open',
  );
});
