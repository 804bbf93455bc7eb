import { expect } from 'vitest';
import { command } from '../../support/api/command-requests.ts';
import { getOrder, type OrderAnswer } from '../../support/api/order-requests.ts';

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
