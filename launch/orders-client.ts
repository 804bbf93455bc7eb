/** A client of the orders API, as a shop's back end would have one. */

export interface OrderView {
  readonly orderId: string;
  readonly status: string;
  readonly reason?: string;
  readonly parked: boolean;
}

/** Statuses from which an order goes no further in this version. */
const FINAL = new Set(['processing', 'cancelled']);
export const isFinal = (order: OrderView): boolean => FINAL.has(order.status);

export class OrdersClient {
  readonly #base: string;
  constructor(url: string) {
    this.#base = `${url.replace(/\/$/, '')}/api/v1`;
  }

  async healthy(): Promise<boolean> {
    const answer = await fetch(`${this.#base}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    return answer?.ok ?? false;
  }

  /** Places an order and returns its id. @throws Error with the problem document when it is refused. */
  async place(body: unknown, idempotencyKey: string): Promise<string> {
    const answer = await fetch(`${this.#base}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.status !== 202) throw new Error(`POST /orders answered ${answer.status}: ${text}`);
    return (JSON.parse(text) as { orderId: string }).orderId;
  }

  get(orderId: string): Promise<OrderView> {
    return this.#read<OrderView>(`/orders/${orderId}`);
  }

  /** The types of the order's events so far, oldest first. */
  async path(orderId: string): Promise<string[]> {
    const { events } = await this.#read<{ events: { type: string }[] }>(`/orders/${orderId}/history`);
    return events.map(({ type }) => type);
  }

  async #read<Answer>(path: string): Promise<Answer> {
    const answer = await fetch(`${this.#base}${path}`);
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
}
