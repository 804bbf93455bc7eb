import { randomInt } from 'node:crypto';
import type { Ledger } from '../shared/ledger.ts';
import type { Notifier } from '../shared/notifier.ts';
import type { AlipaySecrets } from './identity.ts';
import { type NoticeFields, tradeNotice } from './notices.ts';
import { fromChinaTime, type Order, Refusal, type TradeMovement } from './protocol.ts';
import { evolve, refundedOf, type Trade } from './trade.ts';

/** A trade without a given end lasts as long as Alipay lets it. */
const LONGEST_MS = 15 * 24 * 3_600_000;

interface TradesOptions {
  readonly ledger: Ledger<TradeMovement>;
  readonly notifier: Notifier;
  readonly secrets: AlipaySecrets;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Alipay's rules. Each call reads, decides and writes synchronously, so calls never interleave. */
export class Trades {
  readonly #options: TradesOptions;

  constructor(options: TradesOptions) {
    this.#options = options;
  }

  /** The trade as it is, offers included; a trade whose time is over is closed. */
  find(number: string): Trade | undefined {
    const entries = this.#options.ledger.of(number);
    const trade = entries.reduce<Trade | undefined>((before, entry) => evolve(before, number, entry), undefined);
    const isOver = trade?.status === 'WAIT_BUYER_PAY' && this.#options.now() >= trade.expiresAt;
    return isOver ? { ...trade, status: 'TRADE_CLOSED' } : trade;
  }

  /** @throws Refusal when there is none, or only an offer */
  known(number: string): Trade {
    const trade = this.find(number);
    if (trade === undefined || trade.status === 'OFFERED') throw new Refusal('ACQ.TRADE_NOT_EXIST');
    return trade;
  }

  /** @throws Refusal when the number has a trade of another amount, or one that is over */
  offer(order: Order, notifyUrl: string | undefined): Trade {
    const { out_trade_no: number, total_amount: amount, subject, time_expire: until } = order;
    const earlier = this.find(number);
    if (earlier?.status === 'TRADE_CLOSED') throw new Refusal('ACQ.TRADE_HAS_CLOSE');
    if (earlier?.status === 'TRADE_SUCCESS') throw new Refusal('ACQ.TRADE_HAS_SUCCESS');
    if (earlier !== undefined && earlier.amount !== amount) throw new Refusal('ACQ.CONTEXT_INCONSISTENT');
    if (earlier === undefined) {
      const expiresAt = until === undefined ? this.#options.now() + LONGEST_MS : fromChinaTime(until);
      const tradeNo = `${Array.from({ length: 28 }, () => randomInt(10)).join('')}`;
      this.#append(number, { kind: 'offer', tradeNo, amount, subject, notifyUrl, expiresAt });
    }
    return this.find(number)!;
  }

  /** The customer has scanned the code, or opened the page. */
  begin(number: string): Trade {
    const trade = this.find(number);
    if (trade === undefined) throw new Refusal('ACQ.TRADE_NOT_EXIST');
    if (trade.status === 'OFFERED') {
      if (this.#options.now() >= trade.expiresAt) throw new Refusal('ACQ.TRADE_HAS_CLOSE');
      this.#append(number, { kind: 'trade' });
    }
    return this.find(number)!;
  }

  pay(number: string): Trade {
    const trade = this.begin(number);
    if (trade.status === 'TRADE_CLOSED') throw new Refusal('ACQ.TRADE_HAS_CLOSE');
    if (trade.status === 'WAIT_BUYER_PAY') {
      this.#append(number, { kind: 'payment', amount: trade.amount });
      this.#notify(number, { trade_status: 'TRADE_SUCCESS' });
    }
    return this.find(number)!;
  }

  close(number: string): Trade {
    const trade = this.known(number);
    if (trade.status !== 'WAIT_BUYER_PAY') throw new Refusal('ACQ.TRADE_STATUS_ERROR');
    this.#append(number, { kind: 'closure' });
    return trade;
  }

  /** Ends the number whatever it is; a number without a trade never gets one. */
  cancel(number: string): { readonly trade: Trade | undefined; readonly action: 'close' | 'refund' | undefined } {
    const trade = this.find(number);
    if (trade?.status === 'TRADE_SUCCESS') {
      const left = trade.amount - refundedOf(trade);
      this.refund(number, { requestNo: number, amount: left });
      return { trade, action: 'refund' };
    }
    if (trade?.status !== 'TRADE_CLOSED') this.#append(number, { kind: 'closure' });
    return { trade, action: trade?.status === 'WAIT_BUYER_PAY' ? 'close' : undefined };
  }

  /** Refunds once for each request number. @returns whether money was moved by this call */
  refund(number: string, asked: { requestNo: string; amount: number; pending?: boolean }): boolean {
    const { requestNo, amount, pending = false } = asked;
    const trade = this.known(number);
    const earlier = trade.refunds.find((refund) => refund.requestNo === requestNo);
    if (earlier !== undefined) {
      if (earlier.amount !== amount) throw new Refusal('ACQ.DISCORDANT_REPEAT_REQUEST');
      return false;
    }
    if (!trade.paid || trade.status !== 'TRADE_SUCCESS') throw new Refusal('ACQ.TRADE_STATUS_ERROR');
    const left = trade.amount - trade.refunds.reduce((sum, refund) => sum + refund.amount, 0);
    if (amount > left) throw new Refusal('ACQ.REASON_TRADE_REFUND_FEE_ERR');
    if (pending) this.#append(number, { kind: 'refund-acceptance', amount, requestNo });
    else this.#makeRefund(number, { requestNo, amount });
    return !pending;
  }

  /** Makes the refunds that are accepted. */
  endRefunds(number: string): void {
    for (const refund of this.known(number).refunds) if (!refund.isMade) this.#makeRefund(number, refund);
  }

  #makeRefund(number: string, { requestNo, amount }: { requestNo: string; amount: number }): void {
    this.#append(number, { kind: 'refund', amount, requestNo });
    const { status } = this.known(number);
    this.#notify(number, { trade_status: status, out_biz_no: requestNo, refunded: amount });
  }

  #append(number: string, movement: TradeMovement): void {
    this.#options.ledger.append(number, movement);
  }

  #notify(number: string, fields: NoticeFields): void {
    const { notifier, secrets, now } = this.#options;
    const trade = this.known(number);
    if (trade.notifyUrl !== undefined) notifier.notify(tradeNotice(trade, trade.notifyUrl, fields, secrets, now));
  }
}
