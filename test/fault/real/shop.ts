/** A shop that sells through the platform's API, and never gives up on a request that may have been lost. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { issuerOf, type TokenRequest, tokenFrom } from '../../../launch/clients/tokens.ts';
import { orderBody } from '../../support/api/order-requests.ts';
import { type Command, type PlannedOrder, SHIRT } from '../load.ts';

const CUSTOMER: TokenRequest = { sub: 'C1', role: 'customer' };
const OPERATOR: TokenRequest = {
  sub: 'O1',
  role: 'operator',
  scope: 'orders:read orders:approve orders:refund orders:fulfil',
};
const PAUSE_MS = 500;
const PATIENCE_MS = 10_000;
/** Answers after which the same request can succeed. */
const REPEATABLE = /urn:waybill:problem:(conflicting-change|change-pending|idempotency-key-in-use)/;

/** Whether a request without an answer is to be given up: it was not accepted then. */
type IsOver = () => boolean;

interface Request {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
}

export class Shop {
  readonly #url: string;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(url: string) {
    this.#url = url;
  }

  /** The id of the order; undefined when it was not accepted. */
  async place({ token, postalCode, item }: PlannedOrder, isOver: IsOver): Promise<string | undefined> {
    const body = orderBody({ items: [item], token, postalCode });
    const answer = await this.#untilAnswered(isOver, CUSTOMER, { method: 'POST', path: '/orders', body });
    return answer?.status === 202 ? (JSON.parse(answer.text) as { orderId: string }).orderId : undefined;
  }

  /** Resolves to whether the platform took the command. */
  async send(orderId: string, command: Command, isOver: IsOver): Promise<boolean> {
    const request = await this.#requestFor(orderId, command, isOver);
    const answer = request && (await this.#untilAnswered(isOver, command === 'cancel' ? CUSTOMER : OPERATOR, request));
    return answer?.status === 202;
  }

  async #requestFor(orderId: string, command: Command, isOver: IsOver): Promise<Request | undefined> {
    const post = (path: string, body: unknown = {}): Request => ({
      method: 'POST',
      path: `/orders/${orderId}/${path}`,
      body,
    });
    switch (command) {
      case 'cancel':
      case 'approve':
      case 'reject':
      case 'ship':
      case 'deliver':
        return post(command);
      case 'change-items':
        return { ...post('items', { items: [{ sku: SHIRT, quantity: 2 }] }), method: 'PUT' };
      case 'change-address': {
        const { shippingAddress } = orderBody();
        return {
          ...post('shipping-address', { shippingAddress: { ...shippingAddress, street: '1 Bund' } }),
          method: 'PUT',
        };
      }
      case 'refund-part':
        return post('refunds', { type: 'amount', amount: { amount: 100, currency: 'CNY' } });
      case 'request-return':
        return post('returns', { items: [{ sku: SHIRT, quantity: 1 }] });
      case 'receive-return': {
        const returnId = await this.#returnOf(orderId, isOver);
        return returnId === undefined ? undefined : post(`returns/${returnId}/receive`);
      }
    }
  }

  async #returnOf(orderId: string, isOver: IsOver): Promise<string | undefined> {
    const answer = await this.#untilAnswered(isOver, OPERATOR, { method: 'GET', path: `/orders/${orderId}` });
    return answer && (JSON.parse(answer.text) as { returns: { returnId: string }[] }).returns[0]?.returnId;
  }

  /** Repeats a request under the same key until it is answered for good; undefined when the case is over before. */
  async #untilAnswered(
    isOver: IsOver,
    as: TokenRequest,
    { method, path, body }: { method: string; path: string; body?: unknown },
  ): Promise<{ readonly status: number; readonly text: string } | undefined> {
    const key = randomUUID();
    while (!isOver()) {
      try {
        const answer = await fetch(`${this.#url}/api/v1${path}`, {
          method,
          headers: {
            authorization: `Bearer ${await this.#tokenOf(as)}`,
            ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        const { status } = answer;
        const text = await answer.text();
        if (status < 500 && status !== 429 && !REPEATABLE.test(text)) return { status, text };
      } catch {
        // It is repeated: whether the platform took it is not known.
      }
      await sleep(PAUSE_MS);
    }
    return undefined;
  }

  async #tokenOf(as: TokenRequest): Promise<string> {
    const key = as.sub;
    const token = this.#tokens.get(key) ?? issuerOf(this.#url).then((issuer) => tokenFrom(issuer, as));
    this.#tokens.set(key, token);
    token.catch(() => this.#tokens.delete(key));
    return token;
  }
}
