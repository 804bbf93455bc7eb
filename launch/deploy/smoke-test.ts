/** One real order through a deployed environment, and its cancellation: nothing is left but its history. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../../lib/stages/stage.ts';
import { isFinal, OrdersClient, type OrderView } from '../clients/orders-client.ts';

const PATIENCE_MS = 180_000;
const LOOK_EVERY_MS = 500;
const CUSTOMER = 'smoke-test';

export interface SmokeTestOptions {
  /** Of the API, without `/api/v1`. */
  readonly url: string;
  readonly order: NonNullable<Stage['smokeTest']>;
  /** A customer's. @default one of the simulated issuer */
  readonly token?: string | undefined;
  readonly onProgress: (step: string) => void;
}

/** @throws Error that says how far the order has come */
export async function smokeTest({ url, order, token, onProgress }: SmokeTestOptions): Promise<void> {
  const client = new OrdersClient(url, token);
  const customerId = token === undefined ? CUSTOMER : subjectOf(token);
  const started = performance.now();
  const body = {
    customerId,
    items: [{ sku: order.sku, quantity: 1 }],
    shippingAddress: order.shippingAddress,
    paymentMethod: { type: 'card', token: order.cardToken },
  };
  const orderId = await client.place(body, randomUUID());
  const placed = await ended(client, orderId, isFinal);
  if (placed.status !== 'processing') {
    throw new Error(
      `The order ${orderId} ended ${placed.status}${placed.reason ? `: ${placed.reason}` : ''}; expected processing.`,
    );
  }
  onProgress(`order ${orderId} is confirmed after ${seconds(started)}`);
  await client.cancel(orderId, randomUUID());
  await ended(client, orderId, ({ status }) => status === 'cancelled');
  onProgress(`and cancelled after ${seconds(started)}, its payment and its goods given back`);
}

const seconds = (started: number): string => `${((performance.now() - started) / 1_000).toFixed(1)} s`;

async function ended(client: OrdersClient, orderId: string, isEnd: (order: OrderView) => boolean): Promise<OrderView> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(LOOK_EVERY_MS)) {
    const order = await client.get(orderId);
    if (isEnd(order)) return order;
    if (Date.now() > deadline) {
      const path = (await client.path(orderId)).join(' → ');
      throw new Error(
        `The order ${orderId} is ${order.status} after ${PATIENCE_MS / 1_000} s. Its way so far: ${path}.`,
      );
    }
  }
}

/** The customer that a token is of: the API refuses orders for others. @throws Error when it is no JSON Web Token */
function subjectOf(token: string): string {
  const [, claims = ''] = token.split('.');
  try {
    return String((JSON.parse(Buffer.from(claims, 'base64url').toString()) as { readonly sub: unknown }).sub);
  } catch (cause) {
    throw new Error('WAYBILL_TOKEN is no JSON Web Token; expected one of a customer.', { cause });
  }
}
