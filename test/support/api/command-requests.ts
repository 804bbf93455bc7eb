/** Commands on orders over HTTP, for end-to-end tests. */
import { eventually } from '../run/eventually.ts';
import { callApi } from './client.ts';
import { getOrder, type OrderAnswer } from './order-requests.ts';
import { asOperator, type Headers } from './tokens.ts';

interface CommandOptions {
  readonly method?: 'POST' | 'PUT';
  /** @default an operator who may do everything */
  readonly headers?: Headers;
}

/** What a command that was taken is answered. */
export interface Accepted {
  readonly orderId: string;
  readonly version: number;
  readonly status: string;
  readonly refundId?: string;
  readonly returnId?: string;
}

const operator = (url: string): Promise<Headers> =>
  asOperator(url, 'orders:read orders:approve orders:refund orders:fulfil');

/** Sends a command on an order, such as `refunds`; resolves to whatever the answer is. */
export async function send(
  url: string,
  orderId: string,
  command: string,
  body: unknown,
  { method = 'POST', headers = {} }: CommandOptions = {},
): Promise<Response> {
  return callApi(url, `/orders/${orderId}/${command}`, {
    method,
    headers: { 'content-type': 'application/json', ...(await operator(url)), ...headers },
    body: JSON.stringify(body),
  });
}

/** Sends a command that must be taken. */
export async function command(
  url: string,
  orderId: string,
  name: string,
  body: unknown,
  options?: CommandOptions,
): Promise<Accepted> {
  const answer = await send(url, orderId, name, body, options);
  if (answer.status !== 202) throw new Error(`${name}: expected 202, got ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Accepted;
}

/** The order as soon as it is as `isSo` wants it. */
export const orderOnce = (
  url: string,
  orderId: string,
  what: string,
  isSo: (order: OrderAnswer) => boolean,
): Promise<OrderAnswer> =>
  eventually(`order ${orderId} ${what}`, async () => {
    const order = await getOrder(url, orderId);
    return isSo(order) ? order : undefined;
  });
