import { expect } from 'vitest';
import { command } from '../../support/api/command-requests.ts';
import { getOrder, type OrderAnswer, place } from '../../support/api/order-requests.ts';

/** Places an order above the total from which `npm start` holds orders for review. */
export const placeHeld = (url: string): Promise<string> => place(url, { items: [{ sku: 'TSHIRT', quantity: 100 }] });

/** Carries out a command and reads the order: the answer's status and version are never ahead of what a read shows. */
export async function commandAndRead(
  url: string,
  orderId: string,
  name: string,
  body: unknown = {},
): Promise<OrderAnswer> {
  const { status, version } = await command(url, orderId, name, body);
  const order = await getOrder(url, orderId);
  expect(order.version).toBeGreaterThanOrEqual(version);
  if (order.version === version) expect(order.status).toBe(status);
  return order;
}
