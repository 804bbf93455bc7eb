import { describe, expect, test } from 'vitest';
import { figuresOf } from '../../../../../functions/orders/application/order-figures.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import { created, EVENTS, HAPPY_PATH, streamOf } from '../../../../support/orders/streams.ts';

const total = created().data.total;
const authorised = (amount: number, currency = 'CNY', attempt?: number): OrderEvent => ({
  type: 'PaymentAuthorised',
  data: { paymentId: 'pay-1', amount: money(amount, currency), ...(attempt === undefined ? {} : { attempt }) },
});
/** The figures of whole streams. */
const figures = (...streams: readonly (readonly OrderEvent[])[]) =>
  figuresOf(streams.map((events) => streamOf(events)).flatMap((stream) => stream.map((event) => ({ event, stream }))));

describe('The figures of orders', () => {
  test('tell of outcomes, times and money', () => {
    const { cancelled, money: amounts, ...counts } = figures(HAPPY_PATH, HAPPY_PATH, [created(), EVENTS.cancelled]);
    expect(counts).toEqual({
      placed: 3,
      confirmed: 2,
      tasksOpened: 0,
      inTime: 3,
      late: 0,
      tookMs: [5_000, 5_000, 1_000],
    });
    expect([...cancelled]).toEqual([['payment_declined', 1]]);
    expect([...amounts.authorised]).toEqual([['CNY', 2 * total.amount]]);
    expect([...amounts.captured]).toEqual([['CNY', 2 * total.amount]]);
    expect([...amounts.refunded]).toEqual([]);
  });

  test('add up money by currency, in minor units', () => {
    const { captured, refunded } = figures(
      [created(), { ...EVENTS.captured, data: { paymentId: 'a', amount: money(500, 'JPY') } }, EVENTS.captured],
      [created(), EVENTS.refunded],
    ).money;
    expect([...captured]).toEqual([
      ['JPY', 500],
      ['CNY', total.amount],
    ]);
    expect([...refunded]).toEqual([['CNY', total.amount]]);
  });

  test.each([
    ['raised', 130, 150, 150],
    ['lowered', 130, 90, 130],
    ['renewed', 130, 130, 130],
  ])('count an authorisation that is %s by what is new', (_, first, second, sum) =>
    expect([...figures([created(), authorised(first), authorised(second, 'CNY', 2)]).money.authorised]).toEqual([
      ['CNY', sum],
    ]),
  );

  test('have what is late before its end, and what people have to do', () => {
    expect(figures([created(), EVENTS.delayed, EVENTS.opened])).toMatchObject({
      late: 1,
      inTime: 0,
      tookMs: [],
      tasksOpened: 1,
    });
  });

  test('are of the events alone that came, whatever else the streams have', () => {
    const stream = streamOf(HAPPY_PATH);
    const { placed, confirmed } = figuresOf([{ event: stream[5]!, stream }]);
    expect([placed, confirmed]).toEqual([0, 1]);
  });
});
