/** From "the customer pressed buy" to the start of the saga. */
import type {
  Contact,
  Language,
  OrderCancelled,
  PaymentMethod,
  PricedItems,
  PromisedTimes,
  ShippingAddress,
} from '../../../published/order-events.ts';
import type { Command } from '../../../shared/kernel/command.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { ExistingOrder, Order } from '../state.ts';
import { type Decision, decider } from './decider.ts';

const isExisting = (order: Order): order is ExistingOrder => order.status !== 'none';

/** A customer places an order. The lines are already priced, from the catalogue. */
export interface CreateOrder extends Command<'CreateOrder'>, PricedItems {
  readonly customerId: CustomerId;
  readonly customer: Contact;
  readonly shippingAddress: ShippingAddress;
  readonly paymentMethod: PaymentMethod;
  /** SHA-256 (hex) of the request. */
  readonly requestHash: string;
  /** @default the shop's */
  readonly language?: Language;
  /** @default nothing is promised */
  readonly promised?: PromisedTimes;
  /** Orders of this total or more, in minor units, wait for approval; undefined: none do. */
  readonly reviewFrom?: number;
}

/** Creates the order; one with a large total is held until an operator approves it. */
export function createOrder(order: Order, command: CreateOrder): Decision {
  if (isExisting(order)) return refuse({ kind: 'order-exists' });
  const { customerId, customer, lines, subtotal, discounts, total, shippingAddress, paymentMethod, requestHash } =
    command;
  const language = command.language === undefined ? {} : { language: command.language };
  const promised = command.promised === undefined ? {} : { promised: command.promised };
  const review = needsReview(total.amount, command.reviewFrom) ? { review: 'required' as const } : {};
  return accept([
    {
      type: 'OrderCreated',
      data: {
        customerId,
        customer,
        lines,
        subtotal,
        discounts,
        total,
        shippingAddress,
        paymentMethod,
        requestHash,
        ...review,
        ...language,
        ...promised,
      },
    },
  ]);
}

export const needsReview = (total: number, reviewFrom: number | undefined): boolean =>
  reviewFrom !== undefined && total >= reviewFrom;

/** An operator approves a held order. */
export type ApproveOrder = Command<'ApproveOrder'>;

const approveOrder = decider<ApproveOrder>()
  .in('held')
  .to('created', () => accept([{ type: 'OrderApproved', data: {} }]));

/** An operator rejects a held order. */
export interface RejectOrder extends Command<'RejectOrder'> {
  readonly comment?: string;
}

/** Nothing was done for the order yet, so there is nothing to compensate. */
const rejectOrder = decider<RejectOrder>()
  .in('held')
  .to('cancelled', (order, { comment }) =>
    accept([cancelled(order, { reason: 'rejected', parked: [], ...commented(comment) })]),
  );

/** The end of an order, with its customer. */
export const cancelled = (
  { customerId }: ExistingOrder,
  data: Omit<OrderCancelled['data'], 'customerId'>,
): OrderCancelled => ({ type: 'OrderCancelled', data: { customerId, ...data } });

export const commented = (comment: string | undefined): { readonly comment?: string } =>
  comment === undefined ? {} : { comment };

export const PLACING = {
  ApproveOrder: approveOrder,
  RejectOrder: rejectOrder,
} as const;
