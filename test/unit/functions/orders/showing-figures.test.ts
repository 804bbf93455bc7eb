import { afterEach, expect, test, vi } from 'vitest';
import { showFigures } from '../../../../functions/orders/adapters/order-figures.ts';
import type { OrderFigures } from '../../../../functions/orders/application/ports.ts';
import { embeddedMetrics } from '../../../../local/logs/embedded-metrics.ts';

const NOTHING: OrderFigures = {
  placed: 0,
  confirmed: 0,
  cancelled: new Map(),
  tasksOpened: 0,
  inTime: 0,
  late: 0,
  tookMs: [],
  money: { authorised: new Map(), captured: new Map(), refunded: new Map() },
};

afterEach(() => void vi.restoreAllMocks());

/** What CloudWatch makes of the lines, and how many lines there are. */
function shown(figures: Partial<OrderFigures>) {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => !!lines.push(String(chunk)));
  showFigures({ ...NOTHING, ...figures });
  const metrics = embeddedMetrics(lines.join('')).map(({ name, dimensions, value }) => [name, dimensions, value]);
  return { lines: lines.length, metrics };
}

test('The figures of a usual batch are one line', () => {
  const figures = {
    placed: 2,
    confirmed: 1,
    inTime: 1,
    tookMs: [900],
    money: { ...NOTHING.money, authorised: new Map([['CNY', 9_000]]), captured: new Map([['CNY', 4_500]]) },
  };
  expect(shown(figures)).toEqual({
    lines: 1,
    metrics: [
      ['OrdersPlaced', {}, 2],
      ['OrdersConfirmed', {}, 1],
      ['OrdersInTime', {}, 1],
      ['CheckoutDuration', {}, 900],
      ['MoneyAuthorised', { Currency: 'CNY' }, 9_000],
      ['MoneyCaptured', { Currency: 'CNY' }, 4_500],
    ],
  });
});

test('Each further currency has a line of its own', () => {
  const captured = new Map([
    ['CNY', 4_500],
    ['JPY', 500],
  ]);
  const refunded = new Map([['JPY', 100]]);
  expect(shown({ confirmed: 2, money: { ...NOTHING.money, captured, refunded } })).toEqual({
    lines: 2,
    metrics: [
      ['OrdersConfirmed', {}, 2],
      ['MoneyCaptured', { Currency: 'CNY' }, 4_500],
      ['MoneyCaptured', { Currency: 'JPY' }, 500],
      ['MoneyRefunded', { Currency: 'JPY' }, 100],
    ],
  });
});

test('Cancelled orders are counted in all and by reason', () => {
  const cancelled = new Map([
    ['payment_declined', 2],
    ['out_of_stock', 1],
  ] as const);
  expect(shown({ cancelled }).metrics).toEqual([
    ['OrdersCancelled', {}, 3],
    ['OrdersCancelled', { Reason: 'payment_declined' }, 2],
    ['OrdersCancelled', { Reason: 'out_of_stock' }, 1],
  ]);
});

test('Nothing is written about a batch in which nothing happened that counts', () => {
  expect(shown({})).toEqual({ lines: 0, metrics: [] });
});

test('Every duration of a large batch is there, a hundred in a line', () => {
  const { lines, metrics } = shown({ tookMs: Array.from({ length: 250 }, (_, index) => index) });
  expect([lines, metrics.length]).toEqual([3, 250]);
});
