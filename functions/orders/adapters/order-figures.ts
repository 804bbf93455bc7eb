import { emitTogether, type Measured, type MetricGroup } from '../../shared/edge/metrics.ts';
import type { OrderFigures } from '../application/ports.ts';
import {
  CHECKOUT_DURATION,
  MONEY_AUTHORISED,
  MONEY_CAPTURED,
  MONEY_REFUNDED,
  ORDERS_CANCELLED,
  ORDERS_CONFIRMED,
  ORDERS_IN_TIME,
  ORDERS_LATE,
  ORDERS_PLACED,
  TASKS_OPENED,
} from './metrics.ts';

/** CloudWatch takes so many values of a metric in a line. */
const VALUES = 100;

/** Figures as metrics: a line for a batch, and one for each further currency and each reason of a cancellation. Nothing for what did not happen. */
export function showFigures({ money, cancelled, tookMs, ...counts }: OrderFigures): void {
  const ofAll: MetricGroup = {
    dimensions: {},
    measured: [
      [ORDERS_PLACED, counts.placed],
      [ORDERS_CONFIRMED, counts.confirmed],
      [ORDERS_CANCELLED, [...cancelled.values()].reduce((total, count) => total + count, 0)],
      [TASKS_OPENED, counts.tasksOpened],
      [ORDERS_IN_TIME, counts.inTime],
      [ORDERS_LATE, counts.late],
      [CHECKOUT_DURATION, tookMs.slice(0, VALUES)],
    ],
  };
  const currencies = new Set(Object.values(money).flatMap((amounts) => [...amounts.keys()]));
  const [first, ...others] = [...currencies].map(
    (Currency): MetricGroup => ({
      dimensions: { Currency },
      measured: [
        [MONEY_AUTHORISED, money.authorised.get(Currency) ?? 0],
        [MONEY_CAPTURED, money.captured.get(Currency) ?? 0],
        [MONEY_REFUNDED, money.refunded.get(Currency) ?? 0],
      ],
    }),
  );
  emit(ofAll, ...(first ? [first] : []));
  for (const each of others) emit(each);
  for (const [Reason, count] of cancelled) emit({ dimensions: { Reason }, measured: [[ORDERS_CANCELLED, count]] });
  for (let start = VALUES; start < tookMs.length; start += VALUES) {
    emit({ dimensions: {}, measured: [[CHECKOUT_DURATION, tookMs.slice(start, start + VALUES)]] });
  }
}

function emit(...groups: readonly MetricGroup[]): void {
  const happened = groups
    .map(({ measured, dimensions }) => ({ dimensions, measured: measured.filter(hasHappened) }))
    .filter(({ measured }) => measured.length > 0);
  if (happened.length > 0) emitTogether(happened);
}

const hasHappened = ([, value]: Measured): boolean => (typeof value === 'number' ? value > 0 : value.length > 0);
