import { emitMetrics, type Measured } from '../../shared/edge/metrics.ts';
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

/** Figures as metrics: a line for all of a batch, and one for each currency and each reason of a cancellation. Nothing for what did not happen. */
export function showFigures({ money, cancelled, tookMs, ...counts }: OrderFigures): void {
  const sum = [...cancelled.values()].reduce((total, count) => total + count, 0);
  emit([
    [ORDERS_PLACED, counts.placed],
    [ORDERS_CONFIRMED, counts.confirmed],
    [ORDERS_CANCELLED, sum],
    [TASKS_OPENED, counts.tasksOpened],
    [ORDERS_IN_TIME, counts.inTime],
    [ORDERS_LATE, counts.late],
    [CHECKOUT_DURATION, tookMs.slice(0, VALUES)],
  ]);
  for (let start = VALUES; start < tookMs.length; start += VALUES) {
    emit([[CHECKOUT_DURATION, tookMs.slice(start, start + VALUES)]]);
  }
  for (const [Reason, count] of cancelled) emit([[ORDERS_CANCELLED, count]], { Reason });
  for (const Currency of new Set(Object.values(money).flatMap((amounts) => [...amounts.keys()]))) {
    emit(
      [
        [MONEY_AUTHORISED, money.authorised.get(Currency) ?? 0],
        [MONEY_CAPTURED, money.captured.get(Currency) ?? 0],
        [MONEY_REFUNDED, money.refunded.get(Currency) ?? 0],
      ],
      { Currency },
    );
  }
}

function emit(measured: readonly Measured[], dimensions: Readonly<Record<string, string>> = {}): void {
  const happened = measured.filter(([, value]) => (typeof value === 'number' ? value > 0 : value.length > 0));
  if (happened.length > 0) emitMetrics(happened, { dimensions });
}
