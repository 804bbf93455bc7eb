import type { Downloads } from './downloads.ts';
import type { Fault } from './gateway.ts';
import { bill, type Common, chinaTime, order, payment, Refusal, refund, refundQuery, trade, yuan } from './protocol.ts';
import { refundedOf, type Trade } from './trade.ts';
import type { Trades } from './trades.ts';

/** One method of the API: what it answers beside `code` and `msg`, which it may replace. @throws Refusal, ZodError */
type CarryOut = (content: unknown, asked: Common, fault: Fault | undefined, origin: string) => object;

/** Bar codes that have an outcome of their own: ones that begin so. */
const BAR_CODES = { '28': 'paid', '27': 'waiting', '26': 'refused' } as const;

export function calls(trades: Trades, downloads: Pick<Downloads, 'linkTo'>): Readonly<Record<string, CarryOut>> {
  return {
    'alipay.trade.precreate': (content, { notify_url: notifyUrl }, _fault, origin) => {
      const { number } = trades.offer(order.parse(content), notifyUrl);
      return { out_trade_no: number, qr_code: `${origin}/cashier/${number}` };
    },
    'alipay.trade.pay': (content, { notify_url: notifyUrl }) => {
      const asked = payment.parse(content);
      const code = BAR_CODES[asked.auth_code.slice(0, 2) as keyof typeof BAR_CODES];
      if (code === undefined) throw new Refusal('ACQ.PAYMENT_AUTH_CODE_INVALID');
      const known = trades.find(asked.out_trade_no);
      if (known?.status === 'TRADE_SUCCESS' && known.amount === asked.total_amount) return shown(known);
      trades.offer(asked, notifyUrl);
      const begun = trades.begin(asked.out_trade_no);
      if (code === 'waiting') return { code: '10003', msg: 'order success pay inprocess', ...shown(begun) };
      if (code === 'refused') throw new Refusal('ACQ.BUYER_BALANCE_NOT_ENOUGH');
      return shown(trades.pay(asked.out_trade_no));
    },
    'alipay.trade.query': (content) => {
      const known = trades.known(numberIn(content));
      return {
        ...shown(known),
        trade_status: known.status,
        ...(known.paid ? { send_pay_date: chinaTime(Date.now()) } : {}),
      };
    },
    'alipay.trade.close': (content) => shown(trades.close(numberIn(content))),
    'alipay.trade.cancel': (content) => {
      const { trade: known, action } = trades.cancel(numberIn(content));
      return { ...(known ? shown(known) : {}), retry_flag: 'N', ...(action ? { action } : {}) };
    },
    'alipay.trade.refund': (content, _asked, fault) => {
      const { refund_amount: amount, out_request_no: asked } = refund.parse(content);
      const number = numberIn(content);
      if (fault === 'seller-balance') throw new Refusal('ACQ.SELLER_BALANCE_NOT_ENOUGH');
      if (asked === undefined && amount !== trades.known(number).amount) throw new Refusal('ACQ.INVALID_PARAMETER');
      const moved = trades.refund(number, { requestNo: asked ?? number, amount, pending: fault === 'pending' });
      const after = trades.known(number);
      return { ...shown(after), fund_change: moved ? 'Y' : 'N', refund_fee: yuan(refundedOf(after)) };
    },
    'alipay.trade.fastpay.refund.query': (content) => {
      const { out_request_no: requestNo } = refundQuery.parse(content);
      const known = trades.known(numberIn(content));
      const made = known.refunds.find((each) => each.requestNo === requestNo && each.isMade);
      if (made === undefined) return {};
      const { out_trade_no, trade_no } = shown(known);
      return {
        out_trade_no,
        trade_no,
        out_request_no: requestNo,
        total_amount: yuan(known.amount),
        refund_amount: yuan(made.amount),
        refund_status: 'REFUND_SUCCESS',
      };
    },
    'alipay.data.dataservice.bill.downloadurl.query': (content, _asked, _fault, origin) => {
      const { bill_type: type, bill_date: date } = bill.parse(content);
      if (date >= chinaTime(Date.now()).slice(0, 10)) throw new Refusal('isp.bill_not_exist');
      return { bill_download_url: downloads.linkTo(origin, type, date) };
    },
  };
}

/** The merchant's number of the trade that a call is about. @throws Refusal, ZodError */
export function numberIn(content: unknown): string {
  const { out_trade_no: number } = trade.parse(content);
  if (number === undefined) throw new Refusal('ACQ.TRADE_NOT_EXIST');
  return number;
}

const shown = ({ number, tradeNo, amount }: Trade) => ({
  out_trade_no: number,
  trade_no: tradeNo,
  total_amount: yuan(amount),
  buyer_logon_id: '138****0000',
});
