/** What the events of an order move in the accounts of money. Pure. */
import type { OrderEvent, OrderEventType, PaymentEvent, RecordedOrderEvent } from '../../published/order-events.ts';
import { EXCESS, isDoneOutside, refundMade } from '../../published/order-refunds.ts';
import { payingTransfers, totalOf } from '../../published/order-transfers.ts';
import type { Money } from '../../shared/kernel/money.ts';
import type { Account } from './accounts.ts';
import { type Balances, move, type Posting } from './entry.ts';

/** What is known when an event is booked. */
export interface Before {
  /** The balances of the order's own book. */
  readonly balances: Balances;
  /** The events before this one, oldest first; for the first event, itself. */
  readonly events: readonly RecordedOrderEvent[];
}

export type Rule<Type extends OrderEventType> = (
  data: Extract<OrderEvent, { readonly type: Type }>['data'],
  before: Before,
) => readonly Posting[];

export type Rules = { readonly [Type in OrderEventType]?: Rule<Type> };

/** Every payment event has to be named here. */
type MoneyRules = Rules & { readonly [Type in PaymentEvent['type']]: Rule<Type> };

export const MONEY_RULES: MoneyRules = {
  PaymentAuthorised: ({ amount: { amount, currency } }, before) =>
    // An authorisation that comes late, after the capture, holds nothing any more.
    before.events.some(({ type }) => type === 'PaymentCaptured')
      ? []
      : hold(before, currency, amount - held(before, currency)),
  // Also a raise that was declined ends the authorisation.
  // Neither moves money: the channel is asked, and what it says is an event of its own.
  PaymentActionRequired: () => [],
  PaymentNotified: () => [],
  TransferReceived: ({ amount: { amount, currency } }, before) => move('clearing', channelOf(before), currency, amount),
  TransferReturned: ({ transferId, amount: { amount, currency } }, before) => {
    // A statement shows what a person has done outside.
    const settled = before.events.find(
      (event) => event.type === 'TaskResolved' && event.data.transferId === transferId,
    );
    const account = settled?.type === 'TaskResolved' ? settledInto(settled.data.resolution) : undefined;
    return move(channelOf(before), account ?? 'clearing', currency, amount);
  },
  PaymentDeclined: (_, before) => release(before),
  PaymentVoided: (_, before) => release(before),
  PaymentCaptured: ({ amount: { amount, currency } }, before) =>
    // A refund that came first was booked with its capture.
    before.events.some(isFullRefund) && !before.events.some(({ type }) => type === 'PaymentCaptured')
      ? release(before)
      : [...release(before), ...move('clearing', channelOf(before), currency, amount - transferred(before))],
  PaymentRefunded: ({ amount: { amount, currency }, refundId, atChannel }, before) => {
    const channel = channelOf(before);
    // It can be the first sign of a capture whose answer was lost.
    const unseen = refundId === undefined ? Math.max(0, amount - before.balances.of(channel, currency)) : 0;
    // A statement, or the channel, shows what a person has done outside.
    if (refundId !== undefined && isDoneOutside(before.events, refundId)) {
      return move(channel, 'suspense', currency, amount);
    }
    if (atChannel !== undefined && isPaymentSettled(before)) return shown(before, currency, amount);
    // What was paid beyond the total goes back without a request: it was never for goods. What somebody has refunded at the channel was for some.
    const isForGoods = refundId !== undefined && refundId !== EXCESS;
    const owed =
      isForGoods && !isOwed(refundId, before) ? [...owe(before, currency, amount), ...keepFee(refundId, before)] : [];
    return [
      ...release(before),
      ...move('clearing', channel, currency, unseen),
      ...owed,
      ...move(channel, 'clearing', currency, amount),
    ];
  },
  RefundFailed: ({ refundId, reversed }, before) => {
    // The money of one that was made and failed later is at the channel again.
    const back = reversed ? move('clearing', channelOf(before), reversed.currency, reversed.amount) : [];
    const isForGoods = !isCancelling(before) && (reversed !== undefined || isOwed(refundId, before));
    const amount = isForGoods ? wanted(refundId, before) : undefined;
    return [
      ...back,
      ...(amount ? [...owe(before, amount.currency, -amount.amount), ...keepFee(refundId, before, -1)] : []),
    ];
  },
  RefundRequested: ({ amount: { amount, currency }, restockingFee }, before) => [
    ...owe(before, currency, amount),
    ...keep(before, restockingFee),
  ],
  OrderConfirmed: (_, before) => {
    const { amount, currency } = totalOf(before.events)!;
    return move('prepaid', 'clearing', currency, amount);
  },
  OrderShipped: (_, before) => recognise(before),
  OrderDelivered: (_, before) => recognise(before),
  CancellationRequested: (_, before) => takeBackSale(before),
  OrderCancelled: (_, before) => takeBackSale(before),
  TaskResolved: ({ kind, step, refundId, transferId, resolution }, before) => {
    const account = settledInto(resolution);
    if (account === undefined) return [];
    if (kind === 'compensation' && step === 'VoidPayment') {
      const left = before.balances
        .unitsOf('clearing')
        .flatMap(({ unit, amount }) => move(account, 'clearing', unit, -amount));
      return [...release(before), ...left];
    }
    if (kind === 'transfer') {
      const back = before.events.find(
        ({ type, data }) => type === 'TransferReceived' && data.transferId === transferId,
      );
      return back?.type === 'TransferReceived'
        ? move(account, 'clearing', back.data.amount.currency, back.data.amount.amount)
        : [];
    }
    if (kind !== 'refund' || refundId === undefined) return [];
    // It moves nothing that the refund has been made after all.
    if (refundMade(before.events, refundId)) return [];
    const amount = wanted(refundId, before);
    // What was paid beyond the total was never for goods, and is owed.
    if (amount === undefined) {
      return before.balances
        .unitsOf('clearing')
        .flatMap(({ unit, amount: owed }) => (owed < 0 ? move(account, 'clearing', unit, -owed) : []));
    }
    const isOpen = isOwed(refundId, before);
    // A refund that is written off leaves the shop what the goods cost.
    if (account === 'written-off') {
      return isOpen ? [...owe(before, amount.currency, -amount.amount), ...keepFee(refundId, before, -1)] : [];
    }
    return [
      ...move(account, isOpen ? 'clearing' : goods(before), amount.currency, amount.amount),
      ...(isOpen ? [] : keepFee(refundId, before)),
    ];
  },
};

/** Where it waits for a statement, or ends, what a person has done outside or two have given up. */
const settledInto = (resolution: string): 'suspense' | 'written-off' | undefined =>
  resolution === 'done_outside' ? 'suspense' : resolution === 'written_off' ? 'written-off' : undefined;

/** Whether a person has settled the payment of an order that is cancelled. */
const isPaymentSettled = ({ events }: Before): boolean =>
  events.some(
    ({ type, data }) =>
      type === 'TaskResolved' && data.step === 'VoidPayment' && settledInto(data.resolution) !== undefined,
  );

/** The channel shows money that has left, and a person has settled: first what is in suspense, then what was given up. What is more was given back for no reason. */
function shown(before: Before, currency: string, amount: number): readonly Posting[] {
  let left = amount;
  const settled = (['suspense', 'written-off'] as const).flatMap((account) => {
    const part = Math.min(left, Math.max(0, -before.balances.of(account, currency)));
    left -= part;
    return move(channelOf(before), account, currency, part);
  });
  return [...settled, ...move(channelOf(before), 'clearing', currency, left)];
}

/** What was booked when it was transferred, before it was complete. */
const transferred = ({ events }: Before): number =>
  payingTransfers(events).reduce((sum, { amount }) => sum + amount.amount, 0);

const hold = (before: Before, currency: string, amount: number) =>
  move('authorisations', authorisedOf(before), currency, amount);

const held = (before: Before, currency: string): number => before.balances.of(authorisedOf(before), currency);

const release = (before: Before) =>
  before.balances.unitsOf('authorisations').flatMap(({ unit, amount }) => hold(before, unit, amount));

/** The order's customer is to get money back: for goods that are on their way to be sold, or that have left. */
const owe = (before: Before, currency: string, amount: number) => move('clearing', goods(before), currency, amount);

/** What the shop keeps of the price of goods that came back is an income of its own. @param sign -1 takes it back */
const keep = (before: Before, fee: Money | undefined, sign: 1 | -1 = 1) =>
  fee === undefined ? [] : move('restocking-fees', goods(before), fee.currency, sign * fee.amount);

/** The fee of a refund that was requested before. */
function keepFee(refundId: string, before: Before, sign: 1 | -1 = 1): readonly Posting[] {
  const request = before.events.find(({ type, data }) => type === 'RefundRequested' && data.refundId === refundId);
  return keep(before, request?.type === 'RefundRequested' ? request.data.restockingFee : undefined, sign);
}

const goods = ({ events }: Before): Account =>
  events.some(({ type }) => type === 'OrderShipped' || type === 'OrderDelivered') ? 'refunds' : 'prepaid';

const recognise = ({ balances }: Before) =>
  balances.unitsOf('prepaid').flatMap(({ unit, amount }) => move('prepaid', 'revenue', unit, amount));

const takeBackSale = ({ balances }: Before) =>
  balances.unitsOf('prepaid').flatMap(({ unit, amount }) => move('prepaid', 'clearing', unit, amount));

const isFullRefund = ({ type, data }: RecordedOrderEvent): boolean =>
  type === 'PaymentRefunded' && !('refundId' in data && data.refundId !== undefined);

const isCancelling = ({ events }: Before): boolean =>
  events.some(({ type }) => type === 'CancellationRequested' || type === 'OrderCancelled');

/** What the refund is to give back for goods; undefined for what was paid beyond the total. */
function wanted(refundId: string, { events }: Before): Money | undefined {
  if (refundId === EXCESS) return undefined;
  const request = events.find(
    ({ type, data }) => (type === 'RefundRequested' || type === 'PaymentRefunded') && data.refundId === refundId,
  );
  return request?.type === 'RefundRequested' || request?.type === 'PaymentRefunded' ? request.data.amount : undefined;
}

/** Whether the books say that the customer is to get this refund. What is cancelled gives back everything, its refunds with it. */
const isOwed = (refundId: string, before: Before): boolean =>
  isCancelling(before) ||
  before.events.findLast(
    ({ type, data }) =>
      (type === 'RefundRequested' || type === 'RefundFailed' || type === 'PaymentRefunded') &&
      data.refundId === refundId,
  )?.type === 'RefundRequested';

function methodOf({ events }: Before): string {
  const [created] = events;
  if (created?.type !== 'OrderCreated') throw new Error('The stream does not begin with OrderCreated.');
  return created.data.paymentMethod.type;
}

const channelOf = (before: Before): Account => `channel/${methodOf(before)}`;
const authorisedOf = (before: Before): Account => `authorised/${methodOf(before)}`;
