import { randomInt } from 'node:crypto';
import type { Ledger } from '../shared/ledger.ts';
import type { Notifier } from '../shared/notifier.ts';
import type { WechatPaySecrets } from './identity.ts';
import { paymentNotice, refundNotice } from './notices.ts';
import { type OrderMovement, type OrderRequest, type RefundEnd, type RefundRequest, Refusal } from './protocol.ts';

/** An order without a given end. */
const DEFAULT_LIFE_MS = 2 * 3_600_000;

export interface OrderRefund {
  readonly refundNo: string;
  readonly refundId: string;
  readonly amount: number;
  readonly status: 'PROCESSING' | RefundEnd;
  readonly notifyUrl: string | undefined;
}

export interface Order {
  readonly number: string;
  readonly transactionId: string;
  readonly amount: number;
  readonly description: string;
  readonly notifyUrl: string;
  readonly serial: string;
  readonly expiresAt: number;
  readonly state: 'NOTPAY' | 'USERPAYING' | 'PAYERROR' | 'SUCCESS' | 'REFUND' | 'CLOSED';
  readonly refunds: readonly OrderRefund[];
}

interface OrdersOptions {
  readonly ledger: Ledger<OrderMovement>;
  readonly notifier: Notifier;
  readonly secrets: WechatPaySecrets;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The rules of WeChat Pay. Each request reads, decides and writes synchronously, so requests never interleave. */
export class Orders {
  readonly #options: OrdersOptions;
  /** The order of each refund. */
  readonly #orderOf = new Map<string, string>();

  constructor(options: OrdersOptions) {
    this.#options = options;
    for (const { key, ...entry } of options.ledger.page({ after: 0, limit: 1_000_000 })) {
      if (entry.kind === 'refund-acceptance') this.#orderOf.set(entry.refundNo, key);
    }
  }

  /** @throws Refusal 404 */
  known(number: string): Order {
    const entries = this.#options.ledger.of(number);
    const order = entries.reduce<Order | undefined>((before, entry) => evolve(before, number, entry), undefined);
    if (order === undefined) throw new Refusal(404, 'ORDER_NOT_EXIST');
    return isUnpaid(order) && this.#options.now() >= order.expiresAt ? { ...order, state: 'CLOSED' } : order;
  }

  place(asked: OrderRequest, serial: string): Order {
    const { out_trade_no: number, amount, description, notify_url: notifyUrl, time_expire: until } = asked;
    if (this.#options.ledger.of(number).length === 0) {
      const transactionId = `42000${Array.from({ length: 23 }, () => randomInt(10)).join('')}`;
      const expiresAt = until === undefined ? this.#options.now() + DEFAULT_LIFE_MS : Date.parse(until);
      const placed = { transactionId, amount: amount.total, description, notifyUrl, serial, expiresAt };
      this.#append(number, { kind: 'order', ...placed });
    }
    const order = this.known(number);
    if (order.state === 'CLOSED') throw new Refusal(400, 'ORDER_CLOSED');
    if (!isUnpaid(order)) throw new Refusal(400, 'ORDERPAID');
    if (order.amount !== amount.total) throw new Refusal(403, 'OUT_TRADE_NO_USED');
    return order;
  }

  /** The customer pays, types the password, or does not succeed in paying. */
  act(number: string, act: 'pay' | 'type' | 'fail'): void {
    const order = this.known(number);
    if (!isUnpaid(order)) throw new Refusal(400, order.state === 'CLOSED' ? 'ORDER_CLOSED' : 'ORDERPAID');
    if (act === 'type') return this.#append(number, { kind: 'typing' });
    if (act === 'fail') return this.#append(number, { kind: 'failure' });
    this.#append(number, { kind: 'payment', amount: order.amount });
    const { notifier, secrets, now } = this.#options;
    notifier.notify(paymentNotice(this.known(number), secrets, now));
  }

  close(number: string): void {
    const order = this.known(number);
    if (order.state === 'USERPAYING') throw new Refusal(400, 'USERPAYING');
    if (!isUnpaid(order) && order.state !== 'CLOSED') throw new Refusal(400, 'ORDERPAID');
    if (order.state !== 'CLOSED') this.#append(number, { kind: 'closure' });
  }

  /** Accepts a refund once for each refund number, and makes it unless it stays pending. @returns it as it was accepted */
  refund(asked: RefundRequest, pending: boolean): OrderRefund {
    const { out_trade_no: number, out_refund_no: refundNo, amount, notify_url: notifyUrl } = asked;
    const order = this.known(number);
    const earlier = order.refunds.find((refund) => refund.refundNo === refundNo);
    if (earlier !== undefined) {
      if (earlier.amount !== amount.refund) throw new Refusal(400, 'INVALID_REQUEST', 'Another amount than before.');
      return earlier;
    }
    if (order.state !== 'SUCCESS' && order.state !== 'REFUND') {
      throw new Refusal(400, 'INVALID_REQUEST', 'It is not paid.');
    }
    if (amount.total !== order.amount) throw new Refusal(400, 'INVALID_REQUEST', 'The total is another one.');
    if (amount.refund > leftOf(order)) throw new Refusal(400, 'INVALID_REQUEST', 'More than is left.');
    const refundId = `50${Array.from({ length: 27 }, () => randomInt(10)).join('')}`;
    this.#orderOf.set(refundNo, number);
    this.#append(number, { kind: 'refund-acceptance', amount: amount.refund, refundNo, refundId, notifyUrl });
    const accepted = this.refundNamed(refundNo).refund;
    if (!pending) this.endRefund(refundNo, 'SUCCESS');
    return accepted;
  }

  /** @throws Refusal 404 */
  refundNamed(refundNo: string): { readonly order: Order; readonly refund: OrderRefund } {
    const number = this.#orderOf.get(refundNo);
    if (number === undefined) throw new Refusal(404, 'RESOURCE_NOT_EXISTS');
    const order = this.known(number);
    return { order, refund: order.refunds.find((refund) => refund.refundNo === refundNo)! };
  }

  endRefund(refundNo: string, end: RefundEnd): void {
    const { order, refund } = this.refundNamed(refundNo);
    if (refund.status === end) return;
    this.#append(order.number, { kind: 'refund', amount: refund.amount, refundNo, end });
    const { notifier, secrets, now } = this.#options;
    const after = this.refundNamed(refundNo);
    if (refund.notifyUrl !== undefined) notifier.notify(refundNotice(after.order, after.refund, secrets, now));
  }

  #append(number: string, movement: OrderMovement): void {
    this.#options.ledger.append(number, movement);
  }
}

const isUnpaid = ({ state }: Order): boolean => ['NOTPAY', 'USERPAYING', 'PAYERROR'].includes(state);

/** What can still be refunded. */
const leftOf = ({ amount, refunds }: Order): number =>
  refunds.reduce((left, refund) => left - (refund.status === 'CLOSED' ? 0 : refund.amount), amount);

function evolve(before: Order | undefined, number: string, entry: OrderMovement): Order {
  if (entry.kind === 'order') {
    const { transactionId, amount, description, notifyUrl, serial, expiresAt } = entry;
    return { number, transactionId, amount, description, notifyUrl, serial, expiresAt, state: 'NOTPAY', refunds: [] };
  }
  const order = before!;
  switch (entry.kind) {
    case 'typing':
      return { ...order, state: 'USERPAYING' };
    case 'failure':
      return { ...order, state: 'PAYERROR' };
    case 'payment':
      return { ...order, state: 'SUCCESS' };
    case 'closure':
      return { ...order, state: 'CLOSED' };
    case 'refund-acceptance': {
      const { refundNo, refundId, amount, notifyUrl } = entry;
      const refund = { refundNo, refundId, amount, status: 'PROCESSING', notifyUrl } as const;
      return { ...order, state: 'REFUND', refunds: [...order.refunds, refund] };
    }
    case 'refund':
      return {
        ...order,
        refunds: order.refunds.map((each) =>
          each.refundNo === entry.refundNo ? { ...each, status: entry.end } : each,
        ),
      };
  }
}
