/** Whether something is still to be done for an order, and what its decisions say that it is worth: read from its stream alone. Pure. */
import type { OrderEventType, RecordedOrderEvent } from './order-events.ts';
import { givenBack, isDoneOutside, refundMade, unaskedRefunds } from './order-refunds.ts';
import { surplusTransfers, totalOf } from './order-transfers.ts';

type Stream = readonly RecordedOrderEvent[];

const BEGINS: readonly OrderEventType[] = ['OrderCreated', 'OrderApproved', 'CancellationRequested'];
const ENDS: readonly OrderEventType[] = ['OrderConfirmed', 'OrderCancelled'];

/**
 * Nothing is under way: what was begun has ended, each refund has its outcome, no money is to go back to where it came from, and no person has a
 * task.
 */
export const isAtRest = (stream: Stream): boolean =>
  lastOf(stream, ENDS) > lastOf(stream, BEGINS) &&
  !isLatePaymentKept(stream) &&
  openTasks(stream).length === 0 &&
  surplusTransfers(stream).length === 0 &&
  refundsOf(stream).every(({ outcome }) => outcome !== 'open');

/** A payment that came after the end of a cancelled order goes back, which takes a while at some channels. */
const isLatePaymentKept = (stream: Stream): boolean =>
  lastOf(stream, ['PaymentCaptured']) > lastOf(stream, ['OrderCancelled']) &&
  isCancelled(stream) &&
  chargeOf(stream) > 0;

/** The ids of the tasks that are not resolved. One about the books does not count: it is opened for orders at rest. */
export function openTasks(stream: Stream): readonly string[] {
  const resolved = new Set(stream.flatMap((event) => (event.type === 'TaskResolved' ? [event.data.taskId] : [])));
  return stream.flatMap((event) =>
    event.type === 'TaskOpened' && event.data.kind !== 'books' && !resolved.has(event.data.taskId)
      ? [event.data.taskId]
      : [],
  );
}

/**
 * What the customer keeps, in minor units, at the prices of the order: nothing unless the order stands; else its total less what was
 * given back.
 */
export function goodsKept(stream: Stream): number {
  const stands = stream.some(({ type }) => type === 'OrderConfirmed') && !isCancelled(stream);
  if (!stands) return 0;
  const given = refundsOf(stream).filter(({ outcome }) => outcome === 'made');
  return (totalOf(stream)?.amount ?? 0) - given.reduce((sum, { amount }) => sum + amount, 0);
}

/** What the channel has taken less what it gave back, in minor units. */
export function chargeOf(stream: Stream): number {
  const sum = (type: 'PaymentCaptured' | 'TransferReceived' | 'TransferReturned') =>
    stream.reduce((total, event) => total + (event.type === type ? event.data.amount.amount : 0), 0);
  const refunded = givenBack(stream);
  const transferred = sum('TransferReceived');
  if (transferred > 0) return transferred - sum('TransferReturned') - refunded;
  // A refund that has no capture is the first sign of one whose answer was lost.
  return stream.some(({ type }) => type === 'PaymentCaptured') ? sum('PaymentCaptured') - refunded : 0;
}

export const isCancelled = (stream: Stream): boolean =>
  stream.some(({ type }) => type === 'CancellationRequested' || type === 'OrderCancelled');

const lastOf = (stream: Stream, types: readonly OrderEventType[]): number =>
  stream.findLastIndex(({ type }) => types.includes(type));

interface RefundOutcome {
  readonly amount: number;
  readonly outcome: 'open' | 'made' | 'not-made';
}

/** A cancelled order gives all of the payment back, and its refunds need no outcome. */
function refundsOf(stream: Stream): readonly RefundOutcome[] {
  if (isCancelled(stream)) return [];
  const requests = stream.flatMap((event) => (event.type === 'RefundRequested' ? [event.data] : []));
  return [...requests, ...unaskedRefunds(stream).map(({ data }) => data)].map(({ refundId, amount }) => {
    const about = stream.filter(({ data }) => 'refundId' in data && data.refundId === refundId);
    const isMade = refundMade(stream, refundId) !== undefined || isDoneOutside(stream, refundId);
    const isFailed = about.some(({ type }) => type === 'RefundFailed' || type === 'TaskResolved');
    return { amount: amount.amount, outcome: isMade ? 'made' : isFailed ? 'not-made' : 'open' };
  });
}
