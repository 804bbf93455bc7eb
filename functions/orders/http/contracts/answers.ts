/** What the API shows of orders. */

import * as z from 'zod';
import { ORDER_EVENT_MEANINGS } from '../../../published/order-event-meanings.ts';
import {
  CANCELLATION_REASONS,
  COMPENSATIONS,
  ORDER_STATUSES,
  type OrderEventType,
  PAYMENT_METHODS,
} from '../../../published/order-events.ts';
import { customerId, links, money, next, orderId, timestamp } from '../../../shared/http/fields.ts';
import { paymentAction } from '../../../shared/http/payment-action.ts';
import { PAYMENT_STATUSES, SHIPMENT_STATUSES } from '../../domain/lists.ts';
import { TERM_KINDS } from '../../domain/search/terms.ts';
import { shippingAddress } from '../order-request.ts';
import { estimatedDeliveryAt, milestone } from './milestone-answers.ts';
import { orderReturn, refund } from './refund-answers.ts';
import { orderShipment, shipment } from './shipment-answers.ts';
import { units } from './units.ts';

const orderStatus = z.enum(ORDER_STATUSES).meta({ id: 'OrderStatus', description: 'The status of the order.' });

const version = z.int().min(1).describe('The number of the last event that is shown here.');

const orderLine = z
  .object({
    sku: z.string(),
    name: z.string(),
    quantity: z.int().min(1),
    unitPrice: money,
    lineTotal: money.describe('Unit price × quantity.'),
    discount: money.describe('The line’s share of all discounts.'),
    net: money.describe('What the line costs: `lineTotal` − `discount`. The nets of all lines add up to the total.'),
  })
  .meta({ id: 'OrderLine' });

const BACKORDER_ENDS = 'When the order is cancelled if the goods have not come.';

const paymentIs = <Status extends string, Shape extends z.ZodRawShape>(status: Status, shape: Shape) =>
  z.object({ method: z.enum(PAYMENT_METHODS), status: z.literal(status), ...shape });

const paymentId = z.string().describe('As the gateway names it.');
const payment = z
  .discriminatedUnion('status', [
    paymentIs('pending', {
      action: paymentAction.exactOptional().describe('What the customer has to do before the payment goes on.'),
      expiresAt: z.iso.datetime().exactOptional().describe('Until when the customer can do it.'),
      received: money.exactOptional().describe('What was transferred so far; the rest is still to come.'),
    }),
    paymentIs('declined', { declineCode: z.string() }),
    paymentIs('authorised', { paymentId, amount: money }),
    paymentIs('captured', {
      paymentId,
      amount: money,
      refunded: money.describe('The refunded part of it: less than all.'),
    }),
    paymentIs('voided', { paymentId }),
    paymentIs('refunded', { paymentId, amount: money, refunded: money }),
  ])
  .meta({
    id: 'Payment',
    description:
      'The payment, as the gateway has it. `pending` while nothing was authorised; for a cancelled order that stays so.',
  });

export const acceptedOrder = z
  .object({
    orderId,
    total: money,
    status: z.enum(['created', 'held']).describe('`held` when an operator has to approve the order first.'),
    estimatedDeliveryAt,
    links: links('self', 'history'),
  })
  .meta({ id: 'AcceptedOrder' });

export const changedOrder = z
  .object({
    orderId,
    version: version.describe('The number of the last event; in quotes, the ETag.'),
    status: orderStatus,
    links: links('self', 'history'),
  })
  .meta({ id: 'ChangedOrder', description: 'The order after a command.' });

export const order = z
  .object({
    orderId,
    customerId,
    customer: z.object({ name: z.string(), email: z.string().optional() }),
    status: orderStatus,
    reason: z.enum(CANCELLATION_REASONS).optional().describe('The reason of the cancellation.'),
    parked: z.boolean().describe('Whether a compensation is parked: it failed and waits for an operator.'),
    parkedCompensations: z
      .array(z.object({ step: z.enum(COMPENSATIONS), error: z.string(), taskId: z.uuid().optional() }))
      .optional(),
    items: z.array(orderLine).min(1),
    itemsChange: z.object({ changeId: z.uuid() }).optional().describe('A change of items that is being carried out.'),
    backorder: z
      .object({ lines: units.describe('Of these there is too little.'), until: timestamp.describe(BACKORDER_ENDS) })
      .optional()
      .describe('What the order waits for; only while it is `backordered`.'),
    subtotal: money.describe('The price of the items before discounts.'),
    discounts: z
      .array(z.object({ code: z.string(), name: z.string(), amount: money }))
      .describe('In the order in which they were applied.'),
    total: money.describe('What the customer pays: the subtotal without the discounts.'),
    shippingAddress,
    payment,
    shipment,
    shipments: z.array(orderShipment).describe('The parcels, once they are planned.'),
    refunds: z.array(refund),
    returns: z.array(orderReturn),
    milestones: z
      .array(milestone)
      .min(1)
      .describe('The way of the order in its order: what was met, and unless it is given up what is to come.'),
    createdAt: timestamp,
    updatedAt: timestamp,
    version: version.describe('The number of the last event that is shown here; in quotes, the ETag.'),
  })
  .meta({ id: 'Order', description: 'An order as it is now.' });

const EVENT_TYPES = Object.keys(ORDER_EVENT_MEANINGS) as OrderEventType[];

const orderEvent = z
  .object({
    eventId: z.uuid(),
    orderId,
    version: z.int().min(1).describe('1 for the first event of the order, then without gaps.'),
    type: z.enum(EVENT_TYPES).describe(
      Object.entries(ORDER_EVENT_MEANINGS)
        .map(([type, meaning]) => `- \`${type}\`: ${meaning}`)
        .join('\n'),
    ),
    occurredAt: timestamp,
    correlationId: z.string().describe('The correlation id of the request that led to it.'),
    causationId: z.string().describe('The id of the event or command that led to it.'),
    actor: z
      .object({ type: z.enum(['customer', 'operator', 'system']), id: z.string() })
      .describe('The cause of the event: a customer, an operator, or a step of the platform.'),
    data: z.record(z.string(), z.unknown()).describe('What happened, without personal data.'),
  })
  .meta({ id: 'OrderEvent', description: 'An event in the life of an order. It never changes.' });

const orderSummary = z
  .object({
    orderId,
    customerId,
    status: orderStatus,
    parked: z.boolean(),
    total: money,
    units: z.int().min(1).describe('Units of all articles together.'),
    createdAt: timestamp,
    updatedAt: timestamp,
    version,
    links: links('self'),
  })
  .meta({ id: 'OrderSummary', description: 'An order as lists show it.' });

export const orderHistory = z
  .object({ orderId, events: z.array(orderEvent).describe('Oldest first.'), next, links: links('self') })
  .meta({ id: 'OrderHistory' });

export const orderList = z
  .object({
    items: z.array(orderSummary).describe('Newest first.'),
    next,
    links: links('self'),
  })
  .meta({ id: 'OrderList' });

const foundOrder = orderSummary
  .extend({ match: z.enum(TERM_KINDS).describe('The kind of term that found the order.') })
  .meta({ id: 'FoundOrder', description: 'An order as a search shows it.' });

export const foundOrders = z
  .object({ items: z.array(foundOrder).describe('The best match first.'), next, links: links('self') })
  .meta({ id: 'FoundOrders' });

const browsedOrder = orderSummary
  .extend({
    paymentMethod: z.enum(PAYMENT_METHODS),
    paymentStatus: z.enum(PAYMENT_STATUSES),
    shipmentStatus: z.enum(SHIPMENT_STATUSES),
    reason: z.enum(CANCELLATION_REASONS).optional(),
  })
  .meta({ id: 'BrowsedOrder', description: 'An order as the list of all orders shows it.' });

export const browsedOrders = z
  .object({ items: z.array(browsedOrder).describe('Newest first.'), next, links: links('self') })
  .meta({ id: 'BrowsedOrders' });

const countsBy = <Value extends string>(values: readonly Value[]) =>
  z.object(Object.fromEntries(values.map((value) => [value, z.int()])) as Record<Value, z.ZodInt>);

export const orderCounts = z
  .object({
    orders: z.int().describe('All orders.'),
    parked: z.int().describe('Orders of which a compensation is parked.'),
    toPack: z.int().describe('Orders of which a parcel is to be packed and handed over.'),
    status: countsBy(ORDER_STATUSES),
    paymentMethod: countsBy(PAYMENT_METHODS),
    paymentStatus: countsBy(PAYMENT_STATUSES),
    shipmentStatus: countsBy(SHIPMENT_STATUSES),
    reason: countsBy(CANCELLATION_REASONS),
    links: links('self'),
  })
  .meta({ id: 'OrderCounts', description: 'How many orders are on each list.' });
