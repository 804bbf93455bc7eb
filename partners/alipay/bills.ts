/** The bills of a day, in China time, as Alipay makes them: details and totals, as CSV in GB 18030. Source: opendocs.alipay.com/support/01rgbz. */
import type { Entry, Ledger } from '../shared/ledger.ts';
import type { ZippedFile } from '../shared/zip.ts';
import { gb18030 } from './gb18030.ts';
import { type BillType, chinaTime, type TradeMovement, yuan } from './protocol.ts';

/** Of payments, in the order in which they were made, with what the account had after each, in fen. */
type Moved = Entry<TradeMovement> & { readonly kind: 'payment' | 'refund'; readonly balance: number };

/** One line of a bill. */
type Cells = readonly string[];

interface Kind {
  readonly title: string;
  readonly name: string;
  readonly columns: string;
  readonly cells: (moved: Moved, offer: Offer) => Cells;
}
type Offer = Entry<TradeMovement & { readonly kind: 'offer' }>;

const DETAILS: Readonly<Record<BillType, Kind>> = {
  trade: {
    title: '支付宝业务明细查询',
    name: '业务明细',
    columns:
      '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注',
    cells: (moved, { tradeNo, subject, at }) => {
      const amount = signed(moved);
      const [type, request] = moved.kind === 'refund' ? ['退款', moved.requestNo] : ['交易', ''];
      const [created, ended] = [chinaTime(Date.parse(at)), chinaTime(Date.parse(moved.at))];
      const none = '0.00';
      const head = [tradeNo, moved.key, type, subject, created, ended, '', '', '', '', '*伟(138****0000)'];
      return [...head, amount, amount, none, none, none, none, none, '', none, none, request, none, none, ''];
    },
  },
  signcustomer: {
    title: '支付宝账务明细查询',
    name: '账务明细',
    columns:
      '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注',
    cells: (moved, { tradeNo, subject }) => {
      const isRefund = moved.kind === 'refund';
      const flow = `${chinaTime(Date.parse(moved.at)).slice(0, 10).replaceAll('-', '')}${String(moved.sequence).padStart(20, '0')}`;
      const sums = isRefund ? ['0.00', signed(moved)] : [signed(moved), '0.00'];
      const type = isRefund ? '交易退款' : '在线支付';
      const time = chinaTime(Date.parse(moved.at));
      return [
        flow,
        tradeNo,
        moved.key,
        subject,
        time,
        '138****0000',
        ...sums,
        money(moved.balance),
        '支付宝',
        type,
        '',
      ];
    },
  },
};
const TOTALS =
  '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）';

/** The files of a bill. @param date such as `2026-11-27` @param now milliseconds since the epoch */
export function billOf(
  ledger: Ledger<TradeMovement>,
  {
    type,
    date,
    account,
    now,
  }: { readonly type: BillType; readonly date: string; readonly account: string; readonly now: number },
): readonly ZippedFile[] {
  const moved = [...movedIn(ledger)].filter(({ at }) => chinaTime(Date.parse(at)).startsWith(date));
  const { title, name, columns, cells } = DETAILS[type];
  const head = (called: string): string[] => [
    `#${called}`,
    `#账号：[${account}]`,
    `#起始日期：[${inWords(date)} 00:00:00]   终止日期：[${inWords(date)} 23:59:59]`,
  ];
  const sumOf = (kind: Moved['kind']): [count: number, sum: string] => {
    const some = moved.filter((each) => each.kind === kind);
    const sum = some.reduce((total, { amount }) => total + amount, 0);
    return [some.length, money(kind === 'refund' ? -sum : sum)];
  };
  const [[payments, paid], [refunds, refunded]] = [sumOf('payment'), sumOf('refund')];
  const net = moved.reduce((total, { kind, amount }) => total + (kind === 'refund' ? -amount : amount), 0);
  const exported = `#导出时间：[${chinaTime(now)}]`;
  const details = [
    ...head(title),
    `#-----------------------------------------${name}列表----------------------------------------`,
    columns,
    ...moved.map((each) => written(cells(each, ledger.of(each.key)[0] as Offer))),
    `#-----------------------------------------${name}列表结束------------------------------------`,
    `#交易合计：${payments}笔，商家实收共${paid}元，商家优惠共0.00元`,
    `#退款合计：${refunds}笔，商家实收退款共${refunded}元，商家优惠退款共0.00元`,
    exported,
  ];
  const none = '0.00';
  const all = [
    '合计',
    '',
    `${payments}`,
    `${refunds}`,
    money(net),
    money(net),
    none,
    none,
    none,
    none,
    none,
    money(net),
  ];
  const totals = [...head(title.replace('明细', '汇总')), TOTALS, written(all), exported];
  const file = `${account}0156_${date.replaceAll('-', '')}_${name}`;
  return [
    { name: gb18030(`${file}.csv`), content: gb18030(lines(details)) },
    { name: gb18030(`${file}(汇总).csv`), content: gb18030(lines(totals)) },
  ];
}

function* movedIn(ledger: Ledger<TradeMovement>): Generator<Moved> {
  let balance = 0;
  for (const entry of ledger.all()) {
    if (entry.kind !== 'payment' && entry.kind !== 'refund') continue;
    balance += entry.kind === 'refund' ? -entry.amount : entry.amount;
    yield { ...entry, balance };
  }
}

/** Each cell ends in a tab; a comma would begin another one. */
const written = (cells: Cells): string => cells.map((cell) => `${cell.replaceAll(',', ' ')}\t`).join(',');
const lines = (of: readonly string[]): string => of.map((line) => `${line}\r\n`).join('');
const money = (fen: number): string => `${fen < 0 ? '-' : ''}${yuan(Math.abs(fen))}`;
const signed = ({ kind, amount }: Moved): string => money(kind === 'refund' ? -amount : amount);
/** `2026年11月27日` */
const inWords = (date: string): string => {
  const [year, month, day] = date.split('-');
  return `${year}年${month}月${day}日`;
};
