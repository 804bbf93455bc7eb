/** What is counted of the events of orders, so that people see how the platform and the shop do. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { Amounts, OrderFigures } from './ports.ts';
import { promptnessOf } from './promptness.ts';

interface OfStream {
  readonly event: RecordedOrderEvent;
  /** The last events of the order, the event among them. */
  readonly stream: readonly RecordedOrderEvent[];
}

/**
 * Counts events. They come at least once, so that figures can be a little high after trouble: for what is owed there are the books.
 */
export function figuresOf(events: readonly OfStream[]): OrderFigures {
  const types = events.map(({ event }) => event.type);
  const countOf = (wanted: RecordedOrderEvent['type']) => types.filter((type) => type === wanted).length;
  const prompt = events.flatMap(({ event, stream }) => promptnessOf(event, stream) ?? []);
  const late = prompt.filter(({ isLate }) => isLate).length;
  const money = (amountOf: (of: OfStream) => Money | undefined): Amounts => {
    const amounts = events
      .flatMap((each) => amountOf(each) ?? [])
      .map(({ currency, amount }) => [currency, amount] as const);
    return totals(amounts);
  };
  return {
    placed: countOf('OrderCreated'),
    confirmed: countOf('OrderConfirmed'),
    cancelled: totals(
      events.flatMap(({ event }) => (event.type === 'OrderCancelled' ? [[event.data.reason, 1] as const] : [])),
    ),
    tasksOpened: countOf('TaskOpened'),
    inTime: prompt.length - late,
    late,
    tookMs: prompt.flatMap(({ tookMs }) => tookMs ?? []),
    money: {
      authorised: money(authorisedAnew),
      captured: money(({ event }) => (event.type === 'PaymentCaptured' ? event.data.amount : undefined)),
      refunded: money(({ event }) => (event.type === 'PaymentRefunded' ? event.data.amount : undefined)),
    },
  };
}

/** By how much an authorisation goes beyond the one before it: one that is renewed, or lowered, is no new money. */
function authorisedAnew({ event, stream }: OfStream): Money | undefined {
  if (event.type !== 'PaymentAuthorised') return undefined;
  const { amount, currency } = event.data.amount;
  const before = stream.findLast(({ type, version }) => type === 'PaymentAuthorised' && version < event.version);
  const already = before?.type === 'PaymentAuthorised' ? before.data.amount.amount : 0;
  return amount > already ? { amount: amount - already, currency } : undefined;
}

function totals<Key>(counted: readonly (readonly [Key, number])[]): ReadonlyMap<Key, number> {
  const sums = new Map<Key, number>();
  for (const [key, count] of counted) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}
