import { type Contract, refused, UNCHANGED } from '../../../shared/http/contract.ts';
import { INVALID_CURSOR, ORDER_NOT_FOUND } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { order, orderHistory } from './answers.ts';
import { ORDER, ORDER_ID, ORDER_PATH, UNKNOWN_ORDER_ID } from './examples.ts';
import { orderPath } from './order-path.ts';
import { ORDERS } from './tags.ts';

const BY_STEP = (version: number, step: string, type: string, data: object) => ({
  eventId: `6c84fb90-12c4-5a1b-8a3c-00000000000${version}`,
  orderId: ORDER_ID,
  version,
  type,
  occurredAt: `2026-01-31T12:00:00.${version}00Z`,
  correlationId: 'checkout-7f3a',
  causationId: '6c84fb90-12c4-5a1b-8a3c-000000000001',
  actor: { type: 'system', id: step },
  data,
});

export const READING_CONTRACTS: readonly Contract[] = [
  {
    ...routes.getOrder,
    tag: ORDERS,
    summary: 'Read an order',
    description: 'Never older than the 202 of any request that changed the order.',
    pathParameters: orderPath,
    answers: { 200: { description: 'The order.', schema: order, headers: ['ETag'] }, 304: UNCHANGED },
    problems: [ORDER_NOT_FOUND],
    examples: [
      {
        name: 'order',
        summary: 'An order whose payment is captured and whose shipment is arranged',
        path: { orderId: ORDER_ID },
        answer: { status: 200, body: ORDER },
      },
      {
        name: 'unknown-order',
        summary: 'An id that is not one of the caller’s orders',
        path: { orderId: UNKNOWN_ORDER_ID },
        answer: refused(
          ORDER_NOT_FOUND,
          `There is no order ${UNKNOWN_ORDER_ID}.`,
          `/api/v1/orders/${UNKNOWN_ORDER_ID}`,
        ),
      },
    ],
  },
  {
    ...routes.getOrderHistory,
    tag: ORDERS,
    summary: 'Read the history of an order',
    description: 'Every event of the order, oldest first, with who caused it and why. Up to 100 events fit on a page.',
    pathParameters: orderPath,
    answers: { 200: { description: 'The history.', schema: orderHistory, headers: ['ETag'] }, 304: UNCHANGED },
    problems: [ORDER_NOT_FOUND, INVALID_CURSOR],
    examples: [
      {
        name: 'history',
        summary: 'An order from its creation to its confirmation',
        path: { orderId: ORDER_ID },
        answer: {
          status: 200,
          body: {
            orderId: ORDER_ID,
            events: [
              BY_STEP(2, 'ReserveInventory', 'InventoryReserved', {
                lines: [
                  { sku: 'COFFEE-1KG', quantity: 1 },
                  { sku: 'TSHIRT', quantity: 2 },
                ],
              }),
              BY_STEP(3, 'AuthorisePayment', 'PaymentAuthorised', { paymentId: 'pay_1', amount: ORDER.total }),
              BY_STEP(4, 'CreateShipment', 'ShipmentsPlanned', {
                revision: 1,
                shipments: [
                  {
                    shipmentId: ORDER_ID,
                    location: 'main',
                    items: ORDER.shipments[0]!.items,
                    carrier: 'carrier',
                    service: 'standard',
                  },
                ],
              }),
              BY_STEP(5, 'CreateShipment', 'ShipmentArranged', {
                shipmentId: ORDER_ID,
                bookingId: 'shp_1',
                carrier: 'SIM-EXPRESS',
                trackingNumber: 'SE000000000001CN',
                service: 'standard',
                cost: ORDER.shipments[0]!.cost,
                estimatedDeliveryAt: ORDER.shipments[0]!.estimatedDeliveryAt,
              }),
              BY_STEP(6, 'CapturePayment', 'PaymentCaptured', { paymentId: 'pay_1', amount: ORDER.total }),
              BY_STEP(7, 'ConfirmOrder', 'OrderConfirmed', { customerId: ORDER.customerId }),
            ],
            links: { self: `${ORDER_PATH}/history` },
          },
        },
      },
    ],
  },
];
