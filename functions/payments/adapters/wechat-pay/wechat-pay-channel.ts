import * as z from 'zod';
import type { OrderId } from '../../../shared/kernel/ids.ts';
import { type Money, money } from '../../../shared/kernel/money.ts';
import { accept } from '../../../shared/kernel/result.ts';
import type { PartnerAnswer, PartnerExchange, PartnerRequest } from '../../../shared/outbound/partner-exchange.ts';
import type { PaymentTerms } from '../../application/ports.ts';
import type { ChannelCapabilities } from '../../domain/capabilities.ts';
import { PaymentGatewayUnavailable, PaymentRequestRefused } from '../../domain/errors.ts';
import type { PaymentAction } from '../../domain/events.ts';
import { chinaTime } from '../china-time.ts';
import { numberOf, refundNumberOf } from '../our-number.ts';
import type { Answered, CheckoutChannel, RefundAtChannel, Trade } from '../paid-at-checkout.ts';

type Operation = 'find' | 'authorise' | 'void' | 'refund';

export interface WechatPayChannelOptions {
  readonly exchange: PartnerExchange<Operation>;
  /** Who we are at WeChat Pay. */
  readonly merchant: () => Promise<{ readonly mchid: string; readonly appid: string }>;
  /** What a page within WeChat hands to its bridge. */
  readonly bridge: (prepayId: string) => Promise<Readonly<Record<string, string>>>;
  /** Where WeChat Pay tells us what has happened. */
  readonly notifyUrl: string;
}

const answer = z.object({
  code: z.string().exactOptional(),
  out_trade_no: z.string().exactOptional(),
  trade_state: z.string().exactOptional(),
  transaction_id: z.string().exactOptional(),
  amount: z.object({ total: z.int(), refund: z.int().exactOptional() }).exactOptional(),
  code_url: z.string().exactOptional(),
  h5_url: z.string().exactOptional(),
  prepay_id: z.string().exactOptional(),
  status: z.enum(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL']).exactOptional(),
});
type Said = z.output<typeof answer> & { readonly httpStatus: number };

/** The trade is past what was asked; it has to be asked for. */
const PAST = ['ORDERPAID', 'ORDER_PAID', 'ORDER_CLOSED', 'OUT_TRADE_NO_USED', 'USERPAYING', 'USER_PAYING'];

/** What API v3 says of orders. Source of the codes: pay.weixin.qq.com/doc/v3/merchant. */
export class WechatPayChannel implements CheckoutChannel {
  readonly capabilities: ChannelCapabilities = {
    currency: 'CNY',
    separateCapture: false,
    adjustable: false,
    lowerable: false,
    partialCapture: false,
    partialRefund: true,
    refundSeconds: 365 * 86_400,
    askAgainSeconds: 30,
    notifies: true,
  };
  readonly #options: WechatPayChannelOptions;

  constructor(options: WechatPayChannelOptions) {
    this.#options = options;
  }

  async query(orderId: OrderId): Answered<Trade> {
    const { mchid } = await this.#options.merchant();
    const path = `/v3/pay/transactions/out-trade-no/${numberOf(orderId)}?mchid=${mchid}`;
    const found = await this.#ask(orderId, { operation: 'find', method: 'GET', path });
    return found.ok ? accept(tradeIn(orderId, found.value)) : found;
  }

  async open(
    orderId: OrderId,
    amount: Money,
    { method, payBefore }: PaymentTerms,
  ): Answered<PaymentAction | undefined> {
    if (method.type !== 'wechat_pay') {
      throw new Error(`WeChat Pay is asked for an order that is paid by ${method.type}.`);
    }
    const own =
      method.via === 'h5'
        ? { scene_info: { payer_client_ip: method.customerIp, h5_info: { type: 'Wap' } } }
        : method.via === 'jsapi'
          ? { payer: { openid: method.openId } }
          : {};
    const opened = await this.#place(orderId, method.via === 'qr_code' ? 'native' : method.via, {
      ...own,
      amount: { total: amount.amount, currency: amount.currency },
      time_expire: `${chinaTime(payBefore)}+08:00`,
    });
    if (!opened.ok) return opened;
    const { code_url: text, h5_url: url, prepay_id: prepayId } = opened.value;
    if (text !== undefined) return accept({ type: 'qr_code', text });
    if (url !== undefined) return accept({ type: 'redirect', url });
    if (prepayId !== undefined) return accept({ type: 'app', parameters: await this.#options.bridge(prepayId) });
    return accept(refusedByState(orderId, opened.value));
  }

  /** A number without an order gets one, which nobody can pay because nobody has its code: a closed number is never used again. */
  async close(orderId: OrderId, trade: Trade): Answered<unknown> {
    if (trade.status === 'none') {
      const placed = await this.#place(orderId, 'native', { amount: { total: 1, currency: 'CNY' } });
      if (!placed.ok) return placed;
    }
    const { mchid } = await this.#options.merchant();
    const path = `/v3/pay/transactions/out-trade-no/${numberOf(orderId)}/close`;
    const closed = await this.#ask(orderId, { operation: 'void', method: 'POST', path, body: { mchid } });
    if (closed.ok && closed.value.httpStatus >= 400) refusedByState(orderId, closed.value);
    return closed;
  }

  async refund(
    orderId: OrderId,
    refundId: string,
    amount: Money,
    { paid, attempt }: Parameters<CheckoutChannel['refund']>[3],
  ): Answered<RefundAtChannel | undefined> {
    const body = {
      out_trade_no: numberOf(orderId),
      out_refund_no: refundNumberOf(orderId, refundId, attempt),
      notify_url: this.#options.notifyUrl,
      amount: { refund: amount.amount, total: paid.amount, currency: amount.currency },
    };
    const path = '/v3/refund/domestic/refunds';
    const made = await this.#ask(orderId, { operation: 'refund', method: 'POST', path, body });
    if (!made.ok) return made;
    if (made.value.code === 'NOT_ENOUGH') throw new PaymentGatewayUnavailable(orderId, new Error('NOT_ENOUGH'));
    return accept(refundIn(refundId, made.value));
  }

  async queryRefund(orderId: OrderId, refundId: string, number: string): Answered<RefundAtChannel | undefined> {
    const path = `/v3/refund/domestic/refunds/${encodeURIComponent(number)}`;
    const found = await this.#ask(orderId, { operation: 'find', method: 'GET', path });
    if (!found.ok) return found;
    // Numbers of refunds are of the whole shop, and somebody else's order is none of this one's.
    const { out_trade_no: of = numberOf(orderId) } = found.value;
    return accept(of === numberOf(orderId) ? refundIn(refundId, found.value) : undefined);
  }

  async #place(orderId: OrderId, way: string, own: object): Answered<Said> {
    const body = {
      ...(await this.#options.merchant()),
      description: `Order ${orderId}`,
      out_trade_no: numberOf(orderId),
      notify_url: this.#options.notifyUrl,
      ...own,
    };
    return this.#ask(orderId, { operation: 'authorise', method: 'POST', path: `/v3/pay/transactions/${way}`, body });
  }

  #ask(orderId: OrderId, request: Omit<PartnerRequest<Operation, Said>, 'affinity' | 'read'>): Answered<Said> {
    return this.#options.exchange.send({ ...request, affinity: orderId, read: outcomeIn });
  }
}

/** 5xx and 429 never get here: they are no outcome. */
function outcomeIn({ status, body }: PartnerAnswer): Said | undefined {
  const parsed = answer.safeParse(body).data;
  return parsed && { ...parsed, httpStatus: status };
}

/** @throws PaymentRequestRefused when the answer shows no trade */
function tradeIn(orderId: OrderId, said: Said): Trade {
  const { code, trade_state: state, transaction_id: paymentId = '', amount, httpStatus } = said;
  if (httpStatus === 404 && (code === 'ORDER_NOT_EXIST' || code === 'RESOURCE_NOT_EXISTS')) return { status: 'none' };
  if (state === 'CLOSED' || state === 'REVOKED') return { status: 'closed' };
  if (state === undefined) throw new PaymentRequestRefused(orderId, code ?? httpStatus);
  const isPaid = state === 'SUCCESS' || state === 'REFUND';
  if (isPaid && amount === undefined) throw new PaymentRequestRefused(orderId, state);
  // WeChat Pay may leave the amount of an order away that is not paid.
  const total = money(amount?.total ?? 0, 'CNY');
  return isPaid ? { status: 'paid', paymentId, amount: total } : { status: 'pending', amount: total };
}

/** One that is closed gives nothing back; nor does an abnormal one before a person has seen to it on WeChat Pay's page for merchants. */
function refundIn(refundId: string, { status, amount }: Said): RefundAtChannel | undefined {
  if (amount?.refund === undefined || status === undefined) return undefined;
  const refund = { refundId, amount: money(amount.refund, 'CNY') };
  if (status === 'CLOSED') return { ...refund, reason: status };
  if (status === 'ABNORMAL') return { ...refund, reason: status, isOpen: true };
  return status === 'PROCESSING' ? { ...refund, isPending: true } : refund;
}

/** @throws PaymentRequestRefused unless the state of the trade is the reason */
function refusedByState(orderId: OrderId, { code, httpStatus }: Said): undefined {
  if (code === undefined || !PAST.includes(code)) throw new PaymentRequestRefused(orderId, code ?? httpStatus);
  return undefined;
}
