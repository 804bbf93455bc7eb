/** The trade bill of a day, in China time: the columns that matter of WeChat Pay's CSV, with its marks. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Route } from '../shared/http.ts';
import type { Entry, Ledger } from '../shared/ledger.ts';
import { chinaTime, type OrderMovement } from './protocol.ts';

const COLUMNS =
  '交易时间,微信订单号,商户订单号,交易状态,应结订单金额,微信退款单号,商户退款单号,退款金额,退款状态,手续费,订单金额';
const TOTALS = '总交易单数,应结订单总金额,退款总金额,手续费总金额,订单总金额';
const PAGE = 10_000;

export const statementRoutes = (ledger: Ledger<OrderMovement>): Route[] => [
  {
    method: 'GET',
    path: /^\/v3\/bill\/tradebill$/,
    handle: ({ query, headers }) => {
      const date = query.get('bill_date') ?? '';
      if (date >= chinaTime(Date.now()).slice(0, 10)) {
        return { status: 400, body: { code: 'NO_STATEMENT_EXIST', message: 'A bill is there from the next day on.' } };
      }
      const tarType = query.get('tar_type') ?? '';
      const url = `http://${headers.host}/v3/billdownload/file?token=${date}&tartype=${tarType}`;
      const hash = createHash('sha1').update(tradeBill(ledger, date)).digest('hex');
      return { status: 200, body: { hash_type: 'SHA1', hash_value: hash, download_url: url } };
    },
  },
  {
    method: 'GET',
    path: /^\/v3\/billdownload\/file$/,
    handle: ({ query }) => {
      const text = tradeBill(ledger, query.get('token') ?? '');
      return { status: 200, body: query.get('tartype') === 'GZIP' ? gzipSync(text) : text };
    },
  },
];

/** Each cell has a backtick before it; the last two lines are totals. */
export function tradeBill(ledger: Ledger<OrderMovement>, date: string): string {
  const moved = [...moneyMoved(ledger)].filter(({ at }) => chinaTime(Date.parse(at)).startsWith(date));
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

const marked = (cells: readonly string[]): string => cells.map((cell) => `\`${cell}`).join(',');
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

type MoneyMoved = Entry<OrderMovement> & { readonly kind: 'payment' | 'refund' };

function* moneyMoved(ledger: Ledger<OrderMovement>): Generator<MoneyMoved> {
  let after = 0;
  for (;;) {
    const entries = ledger.page({ after, limit: PAGE });
    for (const entry of entries) {
      if (entry.kind === 'payment' || (entry.kind === 'refund' && entry.end === 'SUCCESS')) yield entry;
    }
    if (entries.length < PAGE) return;
    after = entries.at(-1)!.sequence;
  }
}
