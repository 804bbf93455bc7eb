/** The bill of a day, in China time: columns and marks as in Alipay's CSV, in UTF-8 and without the ZIP around it. */
import type { Route } from '../shared/http.ts';
import type { Entry, Ledger } from '../shared/ledger.ts';
import { chinaTime, type TradeMovement, yuan } from './protocol.ts';

const COLUMNS = [
  '支付宝交易号',
  '商户订单号',
  '业务类型',
  '完成时间',
  '订单金额（元）',
  '商家实收（元）',
  '退款批次号/请求号',
  '服务费（元）',
];
const PAGE = 10_000;

export const statementRoute = (ledger: Ledger<TradeMovement>): Route => ({
  method: 'GET',
  path: /^\/bills\/trade\/(?<date>\d{4}-\d\d-\d\d)\.csv$/,
  handle: ({ params }) => {
    const date = params['date']!;
    const rows = [...moneyMoved(ledger)]
      .filter(({ at }) => chinaTime(Date.parse(at)).startsWith(date))
      .map((entry) => {
        const { kind, amount, key, at } = entry;
        const [offer] = ledger.of(key);
        const { tradeNo } = offer as Entry<TradeMovement> & { readonly tradeNo: string };
        const signed = `${kind === 'refund' ? '-' : ''}${yuan(amount)}`;
        const requestNo = kind === 'refund' ? entry.requestNo : '';
        const type = kind === 'refund' ? '退款' : '交易';
        return [tradeNo, key, type, chinaTime(Date.parse(at)), signed, signed, requestNo, '0.00'];
      });
    const lines = [
      '#支付宝业务明细查询',
      `#起始日期：[${date} 00:00:00]   终止日期：[${date} 23:59:59]`,
      COLUMNS.join(','),
      ...rows.map((cells) => cells.map((cell) => `${cell}\t`).join(',')),
      '#-----------------------------------------业务明细列表结束------------------------------------',
      `#业务笔数：${rows.length}`,
    ];
    return { status: 200, headers: { 'content-type': 'text/csv;charset=utf-8' }, body: `${lines.join('\n')}\n` };
  },
});

type MoneyMoved = Entry<TradeMovement> & { readonly kind: 'payment' | 'refund' };

function* moneyMoved(ledger: Ledger<TradeMovement>): Generator<MoneyMoved> {
  let after = 0;
  for (;;) {
    const entries = ledger.page({ after, limit: PAGE });
    for (const entry of entries) if (entry.kind === 'payment' || entry.kind === 'refund') yield entry;
    if (entries.length < PAGE) return;
    after = entries.at(-1)!.sequence;
  }
}
