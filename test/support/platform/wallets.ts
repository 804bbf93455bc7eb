/** The simulated Alipay and WeChat Pay of a platform, as their customers and their operators use them. */
import { numberOf } from '../../../functions/payments/adapters/our-number.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { until } from '../run/eventually.ts';
import { readLedger } from './partners.ts';

/** What an order shows its customer: a page to open, or a code to scan. */
export interface WalletAction {
  readonly type: string;
  readonly url?: string;
  readonly text?: string;
}

interface Notice {
  readonly id: number;
  /** As it was answered, each time it was sent. */
  readonly answers: readonly string[];
}

export class Wallet {
  readonly #url: string;

  /** @param url of the simulated channel */
  constructor(url: string) {
    this.#url = url;
  }

  /** Opens the page of the action, or what its code says, and presses the button to pay if there is one. */
  async pay(orderId: string, { url }: WalletAction): Promise<'paid' | 'refused'> {
    const page = await fetch(url ?? `${this.#url}/cashier/${numberOf(orderId as OrderId)}`);
    const button = /<form method="post" action="([^"]+)"/.exec(await page.text());
    if (button === null) return 'refused';
    return (await fetch(`${this.#url}${button[1]}`, { method: 'POST' })).ok ? 'paid' : 'refused';
  }

  /** Opens the page, and the wallet refuses to pay: too little money, or a limit. Alipay tells a merchant nothing of that. */
  async refuse(orderId: string, { url }: WalletAction): Promise<void> {
    const number = numberOf(orderId as OrderId);
    await (await fetch(url ?? `${this.#url}/cashier/${number}`)).text();
    const known = await fetch(`${this.#url}/v1/orders/${number}/act`, { method: 'POST', body: '{"as":"fail"}' });
    if (!known.ok && known.status !== 404) throw new Error(`The refusal was answered ${known.status}.`);
  }

  /** The customer pays right before the channel carries out the next call of this operation. */
  async payBefore(operation: string): Promise<void> {
    await this.#ask('PUT', '/v1/faults', { operation, fault: 'paid-before' });
  }

  /** The shop's staff refunds at the channel's own page for merchants. */
  async refundThere(orderId: string, amount: number): Promise<void> {
    const refund = (of: string): Promise<Response> =>
      fetch(`${this.#url}/v1/${of}/${numberOf(orderId as OrderId)}/refund`, {
        method: 'POST',
        body: JSON.stringify({ amount }),
      });
    const atAlipay = await refund('trades');
    const made = atAlipay.status === 404 ? await refund('orders') : atAlipay;
    if (!made.ok) throw new Error(`The refund was answered ${made.status}: ${await made.text()}`);
  }

  /** What was paid and paid back, oldest first: kind and amount. */
  async money(orderId: string): Promise<[kind: string, amount: number | undefined][]> {
    const entries = await readLedger(this.#url, numberOf(orderId as OrderId));
    return entries
      .filter(({ kind }) => kind === 'payment' || kind === 'refund')
      .map(({ kind, amount }) => [kind, amount]);
  }

  /** Whether notifications are sent, or wait for `send`. */
  async notify(mode: 'deliver' | 'hold'): Promise<void> {
    await this.#ask('PUT', '/v1/notifications', { mode });
  }

  /** The answers to the first notification about the order. */
  async answers(orderId: string): Promise<readonly string[]> {
    return (await this.#first(orderId)).answers;
  }

  /** Sends the first notification about the order, and waits for the answer to it. */
  async send(orderId: string, { forged = false } = {}): Promise<string> {
    const { id, answers } = await this.#first(orderId);
    await this.#ask('POST', `/v1/notifications/${id}/send`, { forged });
    await until('an answer to the notification', async () => (await this.answers(orderId)).length > answers.length);
    return (await this.answers(orderId)).at(-1)!;
  }

  async #first(orderId: string): Promise<Notice> {
    const path = `/v1/notifications?key=${numberOf(orderId as OrderId)}`;
    return ((await this.#ask('GET', path)) as { notifications: Notice[] }).notifications[0]!;
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.#url}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
}
