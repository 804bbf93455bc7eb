/** The bills of a day, in China time, as CSV with WeChat Pay's marks: trades with the columns that matter, and the flow of funds. Source: pay.weixin.qq.com/doc/v3/merchant/4013071236. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Route } from '../shared/http.ts';
import type { Entry, Ledger } from '../shared/ledger.ts';
import { chinaTime, type OrderMovement } from './protocol.ts';

const COLUMNS =
  '交易时间,微信订单号,商户订单号,交易状态,应结订单金额,微信退款单号,商户退款单号,退款金额,退款状态,手续费,订单金额';
const FLOW_COLUMNS =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号';
const FLOW_TOTALS = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额';
const TOTALS = '总交易单数,应结订单总金额,退款总金额,手续费总金额,订单总金额';

const BILLS = { tradebill: tradeBill, fundflowbill: fundFlowBill } as const;
const isBill = (name: string): name is keyof typeof BILLS => Object.hasOwn(BILLS, name);

export const statementRoutes = (ledger: Ledger<OrderMovement>): Route[] => [
  {
    method: 'GET',
    path: /^\/v3\/bill\/(?<bill>tradebill|fundflowbill)$/,
    handle: ({ params, query, headers }) => {
      const bill = params['bill'] as keyof typeof BILLS;
      const date = query.get('bill_date') ?? '';
      if (date >= chinaTime(Date.now()).slice(0, 10)) {
        return { status: 400, body: { code: 'NO_STATEMENT_EXIST', message: 'A bill is there from the next day on.' } };
      }
      const tarType = query.get('tar_type') ?? '';
      const url = `http://${headers.host}/v3/billdownload/file?token=${bill}.${date}&tartype=${tarType}`;
      const hash = createHash('sha1').update(BILLS[bill](ledger, date)).digest('hex');
      return { status: 200, body: { hash_type: 'SHA1', hash_value: hash, download_url: url } };
    },
  },
  {
    method: 'GET',
    path: /^\/v3\/billdownload\/file$/,
    handle: ({ query }) => {
      const [bill = '', date = ''] = (query.get('token') ?? '').split('.');
      if (!isBill(bill)) {
        return { status: 404, body: { code: 'RESOURCE_NOT_EXISTS', message: 'There is no such file.' } };
      }
      const text = BILLS[bill](ledger, date);
      return { status: 200, body: query.get('tartype') === 'GZIP' ? gzipSync(text) : text };
    },
  },
];

/** Each cell has a backtick before it; the last two lines are totals. */
export function tradeBill(ledger: Ledger<OrderMovement>, date: string): string {
  const moved = moneyMoved(ledger).filter(({ at }) => chinaTime(Date.parse(at)).startsWith(date));
  const rows = moved.map(({ key, at, kind, amount, ...entry }) => {
    const [order, ...others] = ledger.of(key) as [Entry<OrderMovement & { kind: 'order' }>, ...Entry<OrderMovement>[]];
    const time = chinaTime(Date.parse(at)).slice(0, 19).replace('T', ' ');
    const refundNo = 'refundNo' in entry ? entry.refundNo : '0';
    const accepted = others.find((each) => each.kind === 'refund-acceptance' && each.refundNo === refundNo);
    const refundId = accepted?.kind === 'refund-acceptance' ? accepted.refundId : '0';
    const refund =
      kind === 'refund' ? ['0.00', refundId, refundNo, yuan(amount), 'SUCCESS'] : [yuan(amount), '0', '0', '0.00', ''];
    const state = kind === 'refund' ? 'REFUND' : 'SUCCESS';
    return [time, order.transactionId, key, state, ...refund, '0.00000', yuan(kind === 'refund' ? 0 : amount)];
  });
  const sum = (of: 'payment' | 'refund') =>
    yuan(moved.reduce((total, { kind, amount }) => total + (kind === of ? amount : 0), 0));
  const totals = [String(rows.length), sum('payment'), sum('refund'), '0.00000', sum('payment')];
  const lines = [COLUMNS, ...rows.map(marked), TOTALS, marked(totals)];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** What came into the account and left it, with what it had after each; fees are not taken here. */
export function fundFlowBill(ledger: Ledger<OrderMovement>, date: string): string {
  let balance = 0;
  const flows = moneyMoved(ledger).map((entry) => {
    const { amount, kind } = entry;
    balance += kind === 'payment' ? amount : -amount;
    return { ...entry, balance };
  });
  const moved = flows.filter(({ at }) => chinaTime(Date.parse(at)).startsWith(date));
  const rows = moved.map(({ key, at, kind, amount, sequence, balance: left, ...entry }) => {
    const [{ transactionId }] = ledger.of(key) as [Entry<OrderMovement & { kind: 'order' }>];
    const time = chinaTime(Date.parse(at)).slice(0, 19).replace('T', ' ');
    const what = kind === 'payment' ? ['交易', '交易', '收入'] : ['退款', '退款', '支出'];
    const voucher = 'refundNo' in entry ? entry.refundNo : key;
    return [time, transactionId, String(sequence), ...what, yuan(amount), yuan(left), 'system', '', voucher];
  });
  const of = (wanted: 'payment' | 'refund') => moved.filter(({ kind }) => kind === wanted);
  const sum = (some: readonly MoneyMoved[]) => yuan(some.reduce((total, { amount }) => total + amount, 0));
  const [came, left] = [of('payment'), of('refund')];
  const totals = [`${moved.length}`, `${came.length}`, sum(came), `${left.length}`, sum(left)];
  const lines = [FLOW_COLUMNS, ...rows.map(marked), FLOW_TOTALS, marked(totals)];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

const marked = (cells: readonly string[]): string => cells.map((cell) => `\`${cell}`).join(',');
const yuan = (fen: number): string =>
  `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;

type MoneyMoved = Entry<OrderMovement> & { readonly kind: 'payment' | 'refund' };

const isMoneyMoved = (entry: Entry<OrderMovement>): entry is MoneyMoved =>
  entry.kind === 'payment' || (entry.kind === 'refund' && entry.end === 'SUCCESS');

const moneyMoved = (ledger: Ledger<OrderMovement>): MoneyMoved[] => [...ledger.all()].filter(isMoneyMoved);
