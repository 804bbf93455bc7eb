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
      const isLeftOut = name === 'requestHash' || value === null || (isObject(value) && !isMoney(value));
      const words = isLeftOut ? '' : inLine(value);
      return words === '' ? [] : [`${name} ${words}`];
    })
    .join(' · ');
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return value.map(inLine).filter(Boolean).join(', ');
  if (!isObject(value)) return String(value);
  if (isMoney(value)) return inWords(value);
  if ('sku' in value && 'quantity' in value) return `${String(value['quantity'])} × ${String(value['sku'])}`;
  return Object.values(value).map(inLine).filter(Boolean).join(' ');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMoney = (value: Record<string, unknown>): value is Record<string, unknown> & Money =>
  'amount' in value && 'currency' in value;
