import { expect, test } from 'vitest';
import { AlipayChannel } from '../../functions/payments/adapters/alipay/alipay-channel.ts';
import { BankChannel } from '../../functions/payments/adapters/bank/bank-channel.ts';
import { CARD_CAPABILITIES } from '../../functions/payments/adapters/card/card-gateway.ts';
import { WechatPayChannel } from '../../functions/payments/adapters/wechat-pay/wechat-pay-channel.ts';
import type { ChannelCapabilities } from '../../functions/payments/domain/capabilities.ts';
import { textOf } from '../support/docs/markdown.ts';

const text = textOf('docs/payments.md');
const nothing = undefined as never;

/** In the order of the columns. */
const CHANNELS: Readonly<Record<string, ChannelCapabilities>> = {
  card: CARD_CAPABILITIES,
  alipay: new AlipayChannel(nothing).capabilities,
  wechat_pay: new WechatPayChannel(nothing).capabilities,
  bank_transfer: new BankChannel(nothing).capabilities,
};

const cells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''));
const shown = (name: string, value: unknown): string =>
  typeof value === 'object'
    ? [...Map.groupBy(Object.keys(value!), (currency) => (value as Record<string, number>)[currency]!)]
        .map(([step, currencies]) => `${currencies.join(', ')}: ${step}`)
        .join('; ')
    : typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : value === undefined
        ? name === 'currency'
          ? 'any'
          : '–'
        : `${value as string}`;

test('docs/payments.md shows what each channel can, and all of it', () => {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith('| capability |'));
  const rows = lines.slice(first + 2, lines.indexOf('', first)).map(cells);
  expect(cells(lines[first]!).slice(1)).toEqual(Object.keys(CHANNELS));
  const names = new Set(Object.values(CHANNELS).flatMap((channel) => Object.keys(channel)));
  expect(rows.map(([name]) => name).sort()).toEqual([...names].sort());
  for (const [name, ...values] of rows) {
    expect([name, ...values]).toEqual([
      name,
      ...Object.values(CHANNELS).map((channel) => shown(name!, channel[name as keyof ChannelCapabilities])),
    ]);
  }
});

test('docs/payments.md names every magic token of the simulated card gateway', () => {
  const table = textOf('partners/payment-gateway/README.md');
  const documented = [...table.matchAll(/^\| `(tok_[\w<>]+)` \|/gm)].map(([, token]) => token!);
  expect(documented.length).toBeGreaterThan(10);
  for (const token of documented) expect(text).toContain(`\`${token}\``);
});
