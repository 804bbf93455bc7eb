/** The bills of the simulated WeChat Pay, read by wechatpay-axios-plugin. */
import { expect, test } from 'vitest';
import { Formatter } from 'wechatpay-axios-plugin';
import { Ledger } from '../../../partners/shared/ledger.ts';
import type { OrderMovement } from '../../../partners/wechat-pay/protocol.ts';
import { fundFlowBill, tradeBill } from '../../../partners/wechat-pay/statement.ts';

test('A bill of a day has a line for each payment and each refund, which the plugin can read', () => {
  const ledger = new Ledger<OrderMovement>();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const placed = { transactionId: '42', description: '茶', notifyUrl: '', serial: '', expiresAt: 0 };
  ledger.append('order-1', { kind: 'order', amount: 8_800, ...placed });
  ledger.append('order-1', { kind: 'payment', amount: 8_800 });
  ledger.append('order-1', { kind: 'refund-acceptance', amount: 805, refundNo: 'r1', refundId: '50' });
  ledger.append('order-1', { kind: 'refund', amount: 805, refundNo: 'r1', end: 'SUCCESS' });

  const { rows, summary } = Formatter.castCsvBill(Buffer.from(tradeBill(ledger, today))) as unknown as {
    rows: Record<string, string>[];
    summary: Record<string, string>;
  };
  expect(rows).toMatchObject([
    { 商户订单号: 'order-1', 交易状态: 'SUCCESS', 应结订单金额: '88.00', 商户退款单号: '0' },
    { 商户订单号: 'order-1', 交易状态: 'REFUND', 微信退款单号: '50', 商户退款单号: 'r1', 退款金额: '8.05' },
  ]);
  expect(summary).toMatchObject({ 总交易单数: '2', 应结订单总金额: '88.00', 退款总金额: '8.05' });

  const flow = Formatter.castCsvBill(Buffer.from(fundFlowBill(ledger, today))) as unknown as {
    rows: Record<string, string>[];
    summary: Record<string, string>;
  };
  expect(flow.rows).toMatchObject([
    { 微信支付业务单号: '42', 收支类型: '收入', '收支金额(元)': '88.00', '账户结余(元)': '88.00' },
    { 业务凭证号: 'r1', 收支类型: '支出', '收支金额(元)': '8.05', '账户结余(元)': '79.95' },
  ]);
  expect(flow.summary).toMatchObject({ 资金流水总笔数: '2', 收入金额: '88.00', 支出金额: '8.05' });
  ledger.close();
});
