import * as z from 'zod';
import type { OrderId } from '../../../shared/kernel/ids.ts';
import { type Money, money } from '../../../shared/kernel/money.ts';
import { accept } from '../../../shared/kernel/result.ts';
import type { PartnerAnswer, PartnerExchange } from '../../../shared/outbound/partner-exchange.ts';
import type { PaymentTerms } from '../../application/ports.ts';
import type { ChannelCapabilities } from '../../domain/capabilities.ts';
import { PaymentGatewayUnavailable, PaymentRequestRefused } from '../../domain/errors.ts';
import type { PaymentAction } from '../../domain/events.ts';
import { numberOf, refundNumberOf } from '../our-number.ts';
import type { Answered, CheckoutChannel, RefundAtChannel, Trade } from '../paid-at-checkout.ts';
import { fenOf, yuanOf } from '../yuan.ts';
import { alipayTime } from './signed-exchange.ts';

export interface AlipayChannelOptions {
  readonly exchange: PartnerExchange<'find' | 'authorise' | 'void' | 'refund'>;
  /** The signed address of a page at Alipay. @param method such as `alipay.trade.page.pay` */
  readonly pageUrl: (method: string, content: object, notifyUrl: string) => Promise<string>;
  /** Where Alipay tells us what has happened. */
  readonly notifyUrl: string;
}

const PAGES = {
  page: { method: 'alipay.trade.page.pay', product: 'FAST_INSTANT_TRADE_PAY' },
  wap: { method: 'alipay.trade.wap.pay', product: 'QUICK_WAP_WAY' },
} as const;

const said = z.object({
  code: z.string(),
  sub_code: z.string().exactOptional(),
  trade_no: z.string().exactOptional(),
  trade_status: z.enum(['WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_FINISHED', 'TRADE_CLOSED']).exactOptional(),
  total_amount: z.string().exactOptional(),
  /** When it was paid. */
  send_pay_date: z.string().exactOptional(),
  qr_code: z.string().exactOptional(),
  retry_flag: z.string().exactOptional(),
  fund_change: z.string().exactOptional(),
  refund_status: z.string().exactOptional(),
  refund_amount: z.string().exactOptional(),
});
type Said = z.output<typeof said>;

/** Alipay did not do it, or does not say whether it did. */
const NO_OUTCOME = /^(20000|10003)$|SYSTEM_ERROR|unknow-error/;

/** What Alipay's calls say of orders. Source of the codes: opendocs.alipay.com/open, the pages of alipay.trade.*. */
export class AlipayChannel implements CheckoutChannel {
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
  readonly #options: AlipayChannelOptions;

  constructor(options: AlipayChannelOptions) {
    this.#options = options;
  }

  async query(orderId: OrderId): Answered<Trade> {
    const answer = await this.#call('find', orderId, 'alipay.trade.query', {});
    return answer.ok ? accept(tradeIn(orderId, answer.value)) : answer;
  }

  async open(
    orderId: OrderId,
    { amount }: Money,
    { method, payBefore }: PaymentTerms,
  ): Answered<PaymentAction | undefined> {
    if (method.type !== 'alipay') throw new Error(`Alipay is asked for an order that is paid by ${method.type}.`);
    const trade = {
      total_amount: yuanOf(amount),
      subject: `Order ${orderId}`,
      time_expire: alipayTime(payBefore),
    };
    if (method.via !== 'qr_code') {
      const { method: name, product } = PAGES[method.via];
      const content = { ...trade, out_trade_no: numberOf(orderId), product_code: product };
      return accept({ type: 'redirect', url: await this.#options.pageUrl(name, content, this.#options.notifyUrl) });
    }
    const answer = await this.#call('authorise', orderId, 'alipay.trade.precreate', trade);
    if (!answer.ok) return answer;
    const { qr_code: text } = answer.value;
    if (text !== undefined) return accept({ type: 'qr_code', text });
    return accept(refusedByState(orderId, answer.value, ['ACQ.TRADE_HAS_SUCCESS', 'ACQ.TRADE_HAS_CLOSE']));
  }

  /** A number without a trade is cancelled: else a page that is open already could still make one. What is paid until then goes back. */
  async close(orderId: OrderId, trade: Trade): Answered<unknown> {
    const answer = await this.#call(
      'void',
      orderId,
      `alipay.trade.${trade.status === 'none' ? 'cancel' : 'close'}`,
      {},
    );
    if (answer.ok && answer.value.retry_flag === 'Y') throw new PaymentGatewayUnavailable(orderId);
    return answer;
  }

  async refund(orderId: OrderId, refundId: string, amount: Money): Answered<RefundAtChannel | undefined> {
    const answer = await this.#call('refund', orderId, 'alipay.trade.refund', {
      out_request_no: refundNumberOf(orderId, refundId),
      refund_amount: yuanOf(amount.amount),
    });
    if (!answer.ok) return answer;
    const { code, sub_code: subCode } = answer.value;
    if (subCode === 'ACQ.SELLER_BALANCE_NOT_ENOUGH') throw new PaymentGatewayUnavailable(orderId, new Error(subCode));
    if (code === '10000') return accept({ refundId, amount, isPending: true });
    if (code !== '40004') throw new PaymentRequestRefused(orderId, subCode ?? code);
    return accept(undefined);
  }

  async queryRefund(orderId: OrderId, refundId: string, number: string): Answered<RefundAtChannel | undefined> {
    const answer = await this.#call('find', orderId, 'alipay.trade.fastpay.refund.query', { out_request_no: number });
    if (!answer.ok) return answer;
    const { refund_status: status, refund_amount: text = '' } = answer.value;
    const fen = fenOf(text);
    return accept(status === 'REFUND_SUCCESS' && fen !== undefined ? { refundId, amount: yuan(fen) } : undefined);
  }

  #call(
    operation: 'find' | 'authorise' | 'void' | 'refund',
    orderId: OrderId,
    method: string,
    content: object,
  ): Answered<Said> {
    const notified = operation === 'find' ? '' : `&notify_url=${encodeURIComponent(this.#options.notifyUrl)}`;
    return this.#options.exchange.send({
      operation,
      affinity: orderId,
      method: 'POST',
      path: `/gateway.do?method=${method}${notified}`,
      body: { out_trade_no: numberOf(orderId), ...content },
      read: outcomeIn,
    });
  }
}

/** Undefined when the answer does not tell the outcome. */
function outcomeIn({ status, body }: PartnerAnswer): Said | undefined {
  const answer = said.safeParse(body).data;
  if (status !== 200 || answer === undefined) return undefined;
  return NO_OUTCOME.test(answer.code) || NO_OUTCOME.test(answer.sub_code ?? '') ? undefined : answer;
}

/** @throws PaymentRequestRefused when the answer shows no trade */
function tradeIn(orderId: OrderId, answer: Said): Trade {
  const {
    code,
    sub_code: subCode = code,
    trade_status: status,
    trade_no: paymentId = '',
    total_amount: total = '',
  } = answer;
  if (subCode === 'ACQ.TRADE_NOT_EXIST') return { status: 'none' };
  const fen = fenOf(total);
  if (code !== '10000' || status === undefined || fen === undefined) throw new PaymentRequestRefused(orderId, subCode);
  if (status === 'WAIT_BUYER_PAY') return { status: 'pending', amount: yuan(fen) };
  // A trade is closed when it was not paid in time, and when all of it was refunded.
  const isClosed = status === 'TRADE_CLOSED';
  if (isClosed && answer.send_pay_date === undefined) return { status: 'closed' };
  // A refund without a number of its own has that of its trade. Source: alipay.trade.fastpay.refund.query, `out_request_no`.
  return { status: 'paid', paymentId, amount: yuan(fen), ...(isClosed && { refundAtClose: numberOf(orderId) }) };
}

/** @throws PaymentRequestRefused unless the state of the trade is the reason */
function refusedByState(
  orderId: OrderId,
  { code, sub_code: subCode = code }: Said,
  states: readonly string[],
): undefined {
  if (!states.includes(subCode)) throw new PaymentRequestRefused(orderId, subCode);
  return undefined;
}

const yuan = (fen: number): Money => money(fen, 'CNY');
