/** One readable line per domain event, for the person who watches `npm start`. */
import { inWords, type Money } from '../../functions/shared/kernel/money.ts';

/** An event as it passes the bus. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly time: string;
  readonly detail: unknown;
}

interface OrderDetail {
  readonly orderId?: string;
  readonly version?: number;
  readonly data?: Record<string, unknown>;
}

/** Returns undefined for events that are not the app's own. */
export function eventLine({ source, detailType, time, detail }: BusEvent): string | undefined {
  if (!source.startsWith('waybill.')) return undefined;
  const { orderId, version, data = {} } = detail as OrderDetail;
  const clock = time.slice(11, 23);
  const number = version === undefined ? '   ' : `#${version}`.padEnd(3);
  return [clock, ...(orderId === undefined ? [] : [orderId, number]), detailType.padEnd(19), details(data)]
    .join('  ')
    .trimEnd();
}

/** The fields of an event that a reader wants to see: money, counts, names and reasons. */
function details(data: Record<string, unknown>): string {
  return Object.entries(data)
    .flatMap(([name, value]) => {
      if (name === 'requestHash') return [];
      if (isMoney(value)) return [`${name} ${inWords(value)}`];
      if (Array.isArray(value)) return value.length === 0 ? [] : [`${name} ${value.map(item).join(', ')}`];
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [`${name} ${value}`]
        : [];
    })
    .join(' · ');
}

function item(value: unknown): string {
  if (value !== null && typeof value === 'object' && 'sku' in value && 'quantity' in value) {
    return `${String(value.quantity)} × ${String(value.sku)}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isMoney(value: unknown): value is Money {
  return value !== null && typeof value === 'object' && 'amount' in value && 'currency' in value;
}
