/** The bills of the simulated Alipay: a ZIP of two files in GB 18030. */
import { crc32, inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { billOf } from '../../../partners/alipay/bills.ts';
import { gb18030 } from '../../../partners/alipay/gb18030.ts';
import type { TradeMovement } from '../../../partners/alipay/protocol.ts';
import { Ledger } from '../../../partners/shared/ledger.ts';
import { zipOf } from '../../../partners/shared/zip.ts';

const decoded = (bytes: Uint8Array): string => new TextDecoder('gb18030', { fatal: true }).decode(bytes);
const account = '2088000000000000';
const now = Date.now();
const date = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);

let ledger: Ledger<TradeMovement>;
beforeEach(() => {
  ledger = new Ledger();
  ledger.append('o1', { kind: 'offer', tradeNo: '42', amount: 8_800, subject: '茶, 1/2 kg 🍵', expiresAt: 0 });
  ledger.append('o1', { kind: 'payment', amount: 8_800 });
  ledger.append('o1', { kind: 'refund-acceptance', amount: 805, requestNo: 'r1' });
  ledger.append('o1', { kind: 'refund', amount: 805, requestNo: 'r1' });
});
afterEach(() => ledger.close());

const rowsOf = (type: 'trade' | 'signcustomer', day = date) => {
  const [details, totals] = billOf(ledger, { type, date: day, account, now }).map(({ content }) =>
    decoded(content).split('\r\n'),
  );
  const cells = (lines: readonly string[] = []) =>
    lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(','));
  return { lines: details!, details: cells(details), totals: cells(totals) };
};
const cell = ([columns, ...rows]: readonly string[][], name: string) =>
  rows.map((row) => row[columns!.indexOf(name)]?.replace('\t', ''));

describe('A trade bill', () => {
  test('has a line for each payment and each refund, which is negative, and each cell ends in a tab', () => {
    const { details } = rowsOf('trade');
    expect(cell(details, '商户订单号')).toEqual(['o1', 'o1']);
    expect(cell(details, '业务类型')).toEqual(['交易', '退款']);
    expect(cell(details, '商家实收（元）')).toEqual(['88.00', '-8.05']);
    expect(cell(details, '退款批次号/请求号')).toEqual(['', 'r1']);
    expect(cell(details, '商品名称')).toEqual(['茶  1/2 kg ?', '茶  1/2 kg ?']);
    for (const row of details.slice(1)) {
      expect(row).toHaveLength(details[0]!.length);
      expect(row.every((each) => each.endsWith('\t'))).toBe(true);
    }
  });

  test('says whose and when it is, and what it comes to', () => {
    const { lines, totals } = rowsOf('trade');
    expect(lines.slice(0, 2)).toEqual(['#支付宝业务明细查询', `#账号：[${account}]`]);
    expect(lines).toContain('#交易合计：1笔，商家实收共88.00元，商家优惠共0.00元');
    expect(lines).toContain('#退款合计：1笔，商家实收退款共-8.05元，商家优惠退款共0.00元');
    expect(cell(totals, '实收净额（元）')).toEqual(['79.95']);
  });

  test('of another day has no line', () => {
    expect(rowsOf('trade', '2026-01-01').details).toHaveLength(1);
  });
});

test('A bill of funds has the balance after each movement', () => {
  const { details } = rowsOf('signcustomer');
  expect(cell(details, '收入金额（+元）')).toEqual(['88.00', '0.00']);
  expect(cell(details, '支出金额（-元）')).toEqual(['0.00', '-8.05']);
  expect(cell(details, '账户余额（元）')).toEqual(['88.00', '79.95']);
});

test('The archive has both files under names in GB 18030, with their sums', () => {
  const files = billOf(ledger, { type: 'trade', date, account, now });
  const zip = zipOf(files);
  const end = zip.lastIndexOf('PK\x05\x06');
  expect([zip.readUInt16LE(end + 10), zip.readUInt32LE(end + 12)]).toEqual([2, end - zip.readUInt32LE(end + 16)]);
  let place = zip.readUInt32LE(end + 16);
  for (const { name, content } of files) {
    expect(zip.toString('latin1', place, place + 4)).toBe('PK\x01\x02');
    const [flags, method] = [zip.readUInt16LE(place + 8), zip.readUInt16LE(place + 10)];
    const [crc, packed, size] = [16, 20, 24].map((at) => zip.readUInt32LE(place + at)) as [number, number, number];
    const [length, local] = [zip.readUInt16LE(place + 28), zip.readUInt32LE(place + 42)];
    expect([flags, method, crc, size]).toEqual([0, 8, crc32(content), content.length]);
    expect(decoded(zip.subarray(place + 46, place + 46 + length))).toBe(decoded(name));
    const data = local + 30 + zip.readUInt16LE(local + 26);
    expect(inflateRawSync(zip.subarray(data, data + packed))).toEqual(content);
    place += 46 + length;
  }
  expect(files.map(({ name }) => decoded(name).slice(-12))).toEqual([
    expect.stringContaining('业务明细.csv'),
    expect.stringContaining('(汇总).csv'),
  ]);
});

test('GB 18030 is what the decoder of the platform reads', () => {
  const text = 'A茶（元）￥·商户订单号€';
  expect(decoded(gb18030(text))).toBe(text);
});
