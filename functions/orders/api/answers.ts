/** What the API shows of orders. */
import * as z from 'zod';
import { customerId, links, money, orderId, timestamp } from '../../shared/api/fields.ts';
import { CANCELLATION_REASONS, COMPENSATIONS } from '../../shared/kernel/order-events.ts';
import { TERM_KINDS } from '../domain/search/terms.ts';
import { listQuery } from '../list-request.ts';

export const orderStatus = listQuery.shape.status.unwrap().meta({ id: 'OrderStatus', description: 'How far the order has come.' });

const version = z.int().min(1).describe('The number of the last event that is shown here.');

const orderLine = z.object({
  sku: z.string(),
  name: z.string(),
  quantity: z.int().min(1),
  unitPrice: money,
  discount: money.describe('The line’s share of all discounts.'),
  net: money.describe('What the line costs: unit price × quantity − discount. The nets of all lines add up to the total.'),
  lineTotal: money.optional(),
}).meta({ id: 'OrderLine' });

const payment = z.object({
  method: z.literal('card'),
  status: z.enum(['pending', 'declined', 'authorised', 'captured', 'voided', 'refunded']),
  paymentId: z.string().optional(),
  declineCode: z.string().optional(),
}).meta({ id: 'Payment', description: 'The money, as the payment gateway holds it.' });

const shipment = z.object({
  status: z.enum(['pending', 'arranged', 'cancelled']),
  shipmentId: z.string().optional(),
  carrier: z.string().optional(),
  trackingNumber: z.string().optional(),
}).meta({ id: 'Shipment' });

export const acceptedOrder = z.object({
  orderId,
  total: money,
  status: z.literal('created'),
  links: links('self', 'history'),
}).meta({ id: 'AcceptedOrder' });

export const order = z.object({
  orderId,
  customerId,
  status: orderStatus,
  reason: z.enum(CANCELLATION_REASONS).optional().describe('Why it was cancelled.'),
  parked: z.boolean().describe('Whether something could not be undone, and waits for a person.'),
  parkedCompensations: z.array(z.object({ step: z.enum(COMPENSATIONS), error: z.string() })).optional(),
  items: z.array(orderLine).min(1),
  subtotal: money.describe('What the items cost before discounts.'),
  discounts: z.array(z.object({ code: z.string(), name: z.string(), amount: money })).describe('In the order in which they were applied.'),
  total: money,
  payment,
  shipment,
  createdAt: timestamp,
  updatedAt: timestamp,
  version,
}).meta({ id: 'Order', description: 'An order as it is now.' });

const orderEvent = z.object({
  eventId: z.uuid(),
  orderId,
  version: z.int().min(1).describe('1 for the first event of the order, then without gaps.'),
  type: z.string().describe('Such as `OrderCreated` or `PaymentCaptured`.'),
  schemaVersion: z.int().optional(),
  occurredAt: timestamp,
  correlationId: z.string().describe('Of the request that led to it.'),
  causationId: z.string().describe('The id of the event or command that led to it.'),
  actor: z.object({ type: z.enum(['customer', 'operator', 'system']), id: z.string() }).describe('Who did it; of the platform itself, which step.'),
  data: z.record(z.string(), z.unknown()).describe('What happened, without personal data.'),
}).meta({ id: 'OrderEvent', description: 'Something that happened to an order. It never changes.' });

export const orderHistory = z.object({ orderId, events: z.array(orderEvent).min(1).describe('Oldest first.') })
  .meta({ id: 'OrderHistory' });

const orderSummary = z.object({
  orderId,
  customerId,
  status: orderStatus,
  parked: z.boolean(),
  total: money,
  units: z.int().min(1).describe('Pieces of all articles together.'),
  createdAt: timestamp,
  updatedAt: timestamp,
  version,
  links: links('self'),
}).meta({ id: 'OrderSummary', description: 'An order as lists show it.' });

const next = z.string().optional().describe('Pass it as `cursor`, with the same query, for what follows. Absent at the end.');

export const orderList = z.object({
  items: z.array(orderSummary).describe('Newest first.'),
  next,
  links: links('self'),
}).meta({ id: 'OrderList' });

const foundOrder = orderSummary.extend({ match: z.enum(TERM_KINDS).describe('What the order was found by.') })
  .meta({ id: 'FoundOrder', description: 'An order as a search shows it.' });

export const foundOrders = z.object({ items: z.array(foundOrder).describe('The best match first.'), next, links: links('self') })
  .meta({ id: 'FoundOrders' });
