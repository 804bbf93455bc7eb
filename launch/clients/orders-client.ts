/** A client of the orders API like that of a shop's back end: it acts for customers, with their tokens. */
import { setTimeout as sleep } from 'node:timers/promises';
import { issuerOf, tokenFrom } from './tokens.ts';

export interface OrderView {
  readonly orderId: string;
  readonly status: string;
  readonly reason?: string;
  readonly parked: boolean;
  readonly total: { readonly amount: number; readonly currency: string };
}

/** Statuses in which no saga works on the order: only a command changes it. */
const FINAL = new Set(['processing', 'shipped', 'delivered', 'cancelled', 'refunded']);
export const isFinal = ({ status }: Pick<OrderView, 'status'>): boolean => FINAL.has(status);

export class OrdersClient {
  readonly #url: string;
  readonly #base: string;
  readonly #token: string | undefined;
  /** Customers by the id of their order. */
  readonly #owners = new Map<string, string>();
  /** By customer. */
  readonly #tokens = new Map<string, Promise<string>>();

  /** @param token of the one customer that it acts for @default those of the simulated issuer, for any customer */
  constructor(url: string, token?: string) {
    this.#token = token;
    this.#url = url.replace(/\/$/, '');
    this.#base = `${this.#url}/api/v1`;
  }

  async healthy(): Promise<boolean> {
    const answer = await fetch(`${this.#base}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    return answer?.ok ?? false;
  }

  /** Places an order and returns its id. @throws Error with the problem document when it is refused. */
  async place(body: { readonly customerId: string }, idempotencyKey: string): Promise<string> {
    const answer = await this.#send('/orders', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
        ...(await this.#as(body.customerId)),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.status !== 202) throw new Error(`POST /orders answered ${answer.status}: ${text}`);
    const { orderId } = JSON.parse(text) as { orderId: string };
    this.#owners.set(orderId, body.customerId);
    return orderId;
  }

  /** Asks for the cancellation of an order that this client has placed. @throws Error with the problem document when it is refused */
  async cancel(orderId: string, idempotencyKey: string): Promise<void> {
    const answer = await this.#send(`/orders/${orderId}/cancel`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
        ...(await this.#as(this.#ownerOf(orderId))),
      },
      body: '{}',
    });
    if (!answer.ok) throw new Error(`POST /orders/${orderId}/cancel answered ${answer.status}: ${await answer.text()}`);
    await answer.body?.cancel();
  }

  /** Reads an order that this client has placed. */
  get(orderId: string): Promise<OrderView> {
    return this.#read<OrderView>(orderId);
  }

  /** The types of its events so far, oldest first. */
  async path(orderId: string): Promise<string[]> {
    const { events } = await this.#read<{ events: { type: string }[] }>(orderId, '/history');
    return events.map(({ type }) => type);
  }

  async #read<Answer>(orderId: string, part = ''): Promise<Answer> {
    const owner = this.#ownerOf(orderId);
    const path = `/orders/${orderId}${part}`;
    const answer = await this.#send(path, { headers: await this.#as(owner) });
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  #ownerOf(orderId: string): string {
    const owner = this.#owners.get(orderId);
    if (owner !== undefined) return owner;
    throw new Error(`Order ${orderId} was not placed by this client, which does not know its customer.`);
  }

  /** Repeats a request that met the rate limit, after the time that the answer names. */
  async #send(path: string, request: RequestInit): Promise<Response> {
    for (;;) {
      const answer = await fetch(`${this.#base}${path}`, request);
      if (answer.status !== 429) return answer;
      await answer.body?.cancel();
      await sleep(1_000 * Number(answer.headers.get('retry-after')));
    }
  }

  async #as(customerId: string): Promise<{ authorization: string }> {
    if (this.#token !== undefined) return { authorization: `Bearer ${this.#token}` };
    const token =
      this.#tokens.get(customerId) ??
      issuerOf(this.#url).then((issuer) => tokenFrom(issuer, { sub: customerId, role: 'customer' }));
    this.#tokens.set(customerId, token);
    return { authorization: `Bearer ${await token}` };
  }
}
