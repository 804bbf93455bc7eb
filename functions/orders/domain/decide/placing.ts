/** From "the customer pressed buy" to the start of the saga. */
import type { OrderCancelled } from '../../../published/order-events.ts';
import { accept, refuse } from '../../../shared/kernel/result.ts';
import type { ApproveOrder, CreateOrder, RejectOrder } from '../commands.ts';
import type { ExistingOrder, Order } from '../state.ts';
import { type Decision, decider } from './decider.ts';

const isExisting = (order: Order): order is ExistingOrder => order.status !== 'none';

/** Creates the order; one with a large total is held until an operator approves it. */
export function createOrder(order: Order, command: CreateOrder): Decision {
  if (isExisting(order)) {
    const { total, status, requestHash } = order;
    return refuse({ kind: 'order-exists', sameRequest: requestHash === command.requestHash, total, status });
  }
  const { customerId, customer, lines, subtotal, discounts, total, shippingAddress, paymentMethod, requestHash } =
    command;
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
      },
    },
  ]);
}

export const needsReview = (total: number, reviewFrom: number | undefined): boolean =>
  reviewFrom !== undefined && total >= reviewFrom;

export const approveOrder = decider<ApproveOrder>('ApproveOrder')
  .in('held')
  .to('created', () => accept([{ type: 'OrderApproved', data: {} }]));

/** Nothing was done for the order yet, so there is nothing to compensate. */
export const rejectOrder = decider<RejectOrder>('RejectOrder')
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
