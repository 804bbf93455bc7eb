/** Orders over HTTP, for end-to-end tests: placing, reading, waiting. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from '../../../launch/clients/orders-client.ts';
import { eventually } from '../run/eventually.ts';
import { callApi } from './client.ts';
import { asCustomer, asOperator, type Headers } from './tokens.ts';

export interface OrderAnswer {
  readonly orderId: string;
  readonly status: string;
  readonly reason?: string;
  readonly parked: boolean;
  readonly total: { readonly amount: number; readonly currency: string };
  readonly version: number;
  readonly payment: {
    readonly status: string;
    readonly paymentId?: string;
    readonly action?: {
      readonly type: string;
      readonly url?: string;
      readonly text?: string;
      readonly reference?: string;
    };
    /** In minor units, while the rest is still to come. */
    readonly received?: { readonly amount: number };
    readonly expiresAt?: string;
  };
  /** What it waits for. */
  readonly backorder?: { readonly lines: readonly { readonly sku: string; readonly quantity: number }[] };
  readonly shipments: readonly {
    readonly shipmentId: string;
    readonly status: string;
    readonly trackingNumber?: string;
  }[];
  readonly refunds: readonly {
    readonly refundId: string;
    readonly status: string;
    readonly amount: { readonly amount: number };
  }[];
  readonly shipment: { readonly status: string; readonly trackingNumber?: string };
  readonly items: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly lineTotal: { readonly amount: number };
  }[];
  readonly returns: readonly {
    readonly accepted: readonly { readonly sku: string; readonly quantity: number }[];
    readonly expectedUntil?: string;
  }[];
}

export interface OrderOptions {
  readonly customerId?: string;
  readonly items?: readonly { readonly sku: string; readonly quantity: number }[];
  readonly discountCodes?: readonly string[];
  readonly token?: string;
  /** @default the card of `token` */
  readonly paymentMethod?: object;
  readonly postalCode?: string;
}

/** A request body in the form of the API. */
export function orderBody({
  customerId = 'C1',
  items = [{ sku: 'TSHIRT', quantity: 1 }],
  discountCodes,
  token = 'tok_ok',
  paymentMethod = { type: 'card', token },
  postalCode = '200000',
}: OrderOptions = {}) {
  return {
    customerId,
    items,
    ...(discountCodes ? { discountCodes } : {}),
    shippingAddress: {
      name: 'Li Wei',
      street: '88 Nanjing Road',
      city: 'Shanghai',
      state: 'Shanghai',
      country: 'CN',
      postalCode,
    },
    paymentMethod,
  };
}

/** Sends a body as the customer in it, or as C1 when there is none; `headers` may name another caller. */
export const post = async (url: string, body: unknown, headers: Headers = {}): Promise<Response> =>
  callApi(url, '/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await asCustomer(url, customerIn(body))), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

function customerIn(body: unknown): string | undefined {
  const { customerId } = (body ?? {}) as { customerId?: unknown };
  return typeof customerId === 'string' && customerId.length <= 64 ? customerId : undefined;
}

/** Places an order that must be accepted; resolves to its id. */
export async function place(url: string, options: OrderOptions = {}, headers: Headers = {}): Promise<string> {
  const answer = await post(url, orderBody(options), headers);
  const text = await answer.text();
  if (answer.status !== 202) throw new Error(`Expected 202, got ${answer.status}: ${text}`);
  return (JSON.parse(text) as { orderId: string }).orderId;
}

/**
 * Places an order as a client does that comes again when a request is refused or has no answer, as while a platform is disturbed.
 * @param isOver makes the client give up
 */
export async function placeUntilAccepted(
  url: string,
  options: OrderOptions = {},
  isOver: () => boolean = () => false,
): Promise<string | undefined> {
  while (!isOver()) {
    try {
      return await place(url, options);
    } catch {
      await sleep(100);
    }
  }
  return undefined;
}

/** Reads what must be there, as an operator, because operators see all orders; and again while a busy platform answers too late. */
const read = (url: string, path: string): Promise<unknown> =>
  eventually(`an answer about ${path}`, async () => {
    const answer = await callApi(url, path, { headers: await asOperator(url) });
    const text = await answer.text();
    if (answer.status === 503 || answer.status === 504) return undefined;
    if (answer.status !== 200) throw new Error(`Expected 200, got ${answer.status}: ${text}`);
    return JSON.parse(text) as unknown;
  });

export const getOrder = async (url: string, orderId: string): Promise<OrderAnswer> =>
  (await read(url, `/orders/${orderId}`)) as OrderAnswer;

/** Waits until no saga is at work for the order. @throws Error with the last answer when that never comes about */
export async function finalOrder(url: string, orderId: string): Promise<OrderAnswer> {
  let order: OrderAnswer;
  return eventually(
    () => `the order is final: ${JSON.stringify(order)}`,
    async () => {
      order = await getOrder(url, orderId);
      return isFinal(order) ? order : undefined;
    },
  );
}

/** Waits until the order is cancelled and a compensation of it waits for a person. */
export async function parkedOrder(url: string, orderId: string): Promise<OrderAnswer> {
  let order: OrderAnswer;
  return eventually(
    () => `something of the order is parked: ${JSON.stringify(order)}`,
    async () => {
      order = await finalOrder(url, orderId);
      return order.parked ? order : undefined;
    },
  );
}

/** Places an order and waits until it is confirmed. @throws Error when it ends otherwise */
export async function confirmedOrder(url: string, options: OrderOptions = {}): Promise<OrderAnswer> {
  const order = await finalOrder(url, await place(url, options));
  if (order.status !== 'processing') throw new Error(`The order is ${order.status}: ${JSON.stringify(order)}`);
  return order;
}

/** Types of the order's events, oldest first. */
export async function historyTypes(url: string, orderId: string): Promise<string[]> {
  const { events } = (await read(url, `/orders/${orderId}/history`)) as { events: { type: string }[] };
  return events.map(({ type }) => type);
}
