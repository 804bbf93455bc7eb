/** Whether the platform keeps the promise of a checkout. */
import {
  type CancellationReason,
  isTrouble,
  type OrderEvent,
  type RecordedOrderEvent,
} from '../../published/order-events.ts';

/** An order is confirmed or cancelled within this time, and need not wait for a partner that is away, or for the platform's own services. */
export const PROMISED_MS = 60_000;

export interface Promptness {
  readonly isLate: boolean;
  /** From when nothing but the platform and its partners was missing, to the end of the checkout. Absent for an order that is late before its end. */
  readonly tookMs?: number;
}

/**
 * What an event tells of the promise; undefined when it tells nothing. Of all events of an order one tells at most: the first wait for somebody
 * who is away, so that people hear of an outage when it begins; or else the end of the checkout. Orders that other people decided about tell
 * nothing.
 * @param stream the last events of the order, the event among them
 */
export function promptnessOf(event: RecordedOrderEvent, stream: readonly RecordedOrderEvent[]): Promptness | undefined {
  const before = stream.filter(({ version }) => version < event.version);
  if (before.some((each) => endsCheckout(each) || isHeldUp(each))) return undefined;
  if (isHeldUp(event)) return { isLate: true };
  if (!endsCheckout(event) || isDecidedByOthers(event, before)) return undefined;
  const tookMs = Date.parse(event.occurredAt) - begunAt(before);
  return { isLate: tookMs > PROMISED_MS, tookMs };
}

const endsCheckout = ({ type }: OrderEvent): boolean => type === 'OrderConfirmed' || type === 'OrderCancelled';

/** An order whose customer changes it waits as well: that is nobody's trouble. */
const isHeldUp = ({ type, data }: OrderEvent): boolean =>
  type === 'StepDelayed' && isTrouble(data.partner) && data.error !== 'OrderChanged';

/** An order that other people have ended. */
const OF_OTHERS: readonly CancellationReason[] = [
  'rejected',
  'payment_not_made',
  'backorder_expired',
  'reservation_expired',
];

/** Their time runs until they decide, or until they have not decided for too long. */
function isDecidedByOthers(end: OrderEvent, before: readonly OrderEvent[]): boolean {
  if (end.type !== 'OrderCancelled') return false;
  const isHeld = before.some(({ type, data }) => type === 'OrderCreated' && data.review === 'required');
  return OF_OTHERS.includes(end.data.reason) || (isHeld && !before.some(({ type }) => type === 'OrderApproved'));
}

/** Milliseconds since the epoch. What a customer took for the payment, an operator for the approval, or goods to come is no time of ours. */
function begunAt(events: readonly RecordedOrderEvent[]): number {
  let begun = events[0];
  let customerPays = false;
  for (const event of events) {
    const isPaid: boolean = customerPays && (event.type === 'PaymentAuthorised' || event.type === 'PaymentCaptured');
    if (isPaid || endsWaitOfOthers(event)) begun = event;
    if (isPaid) customerPays = false;
    if (event.type === 'PaymentActionRequired') customerPays = true;
  }
  return Date.parse(begun?.occurredAt ?? '');
}

const endsWaitOfOthers = ({ type, data }: OrderEvent): boolean =>
  type === 'OrderApproved' ||
  type === 'CancellationRequested' ||
  (type === 'InventoryReserved' && data.backordered === true);
