/** What is taken out of an order's events, and what stays: tried with everything that any release has recorded. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from 'vitest';
import { PERSONAL_DATA } from '../../../../../functions/orders/domain/events.ts';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { type OrderView, viewOf } from '../../../../../functions/orders/domain/order-view.ts';
import { forPerson, withoutPerson } from '../../../../../functions/orders/domain/personal-data.ts';
import { termsOf } from '../../../../../functions/orders/domain/search/terms.ts';
import type { ExistingOrder } from '../../../../../functions/orders/domain/state.ts';
import { ORDER } from '../../../../../functions/published/order-log.ts';
import { upcast } from '../../../../../functions/shared/event-log/upcast.ts';
import { ERASED } from '../../../../../functions/shared/kernel/erased.ts';

const HISTORIES = path.resolve(import.meta.dirname, '../../../../replay/histories');
const PERSONAL: readonly string[] = [...PERSONAL_DATA, 'token', 'customerIp', 'openId'];

const histories = globSync('v*/*.json', { cwd: HISTORIES }).map((file) => ({
  name: file,
  items: (JSON.parse(readFileSync(path.join(HISTORIES, file), 'utf8')) as Record<string, AttributeValue>[]).map(
    (item) => unmarshall(item),
  ),
}));

/** Every text below a field that is personal. */
function personalTexts(part: unknown, isPersonal = false): readonly string[] {
  if (typeof part === 'string') return isPersonal ? [part] : [];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) => personalTexts(value, isPersonal || PERSONAL.includes(name)));
}

const folded = (items: readonly Record<string, unknown>[]): OrderView =>
  viewOf(fold(items.map((item) => upcast(ORDER, item))) as ExistingOrder);
const erasedOf = (items: readonly Record<string, unknown>[]) =>
  items.map((item) => ({ ...item, data: withoutPerson(item.data) }));

describe.each(histories)('What was recorded: $name', ({ items }) => {
  test('has nothing of the person any more once it is erased', () => {
    const texts = new Set(items.flatMap(({ data }) => personalTexts(data)));
    expect(texts.size).toBeGreaterThan(3);
    const left = JSON.stringify(erasedOf(items).map(({ data }) => data));
    // Countries stay, and so does the kind of what a customer had to do.
    const gone = [...texts].filter((text) => !/^[A-Z]{2}$|^(redirect|qr_code|app|transfer)$/.test(text));
    expect(gone.filter((text) => left.includes(JSON.stringify(text)))).toEqual([]);
  });

  test('is the same order but for the person, and nobody finds it by a name', () => {
    const [before, after] = [folded(items), folded(erasedOf(items))];
    const { country } = before.shippingAddress;
    const impersonal = ({ returns, payment, ...view }: OrderView) => ({
      ...view,
      payment: { ...payment, action: undefined },
      returns: returns.map((each) => ({ ...each, rejected: each.rejected.map(({ comment: _, ...units }) => units) })),
    });
    expect(impersonal(after)).toEqual({
      ...impersonal(before),
      customer: { name: ERASED },
      shippingAddress: { name: ERASED, street: ERASED, country },
    });
    expect(termsOf(after).filter(({ kind }) => kind === 'name' || kind === 'email')).toEqual([]);
  });

  test('does not change when it is erased again', () => {
    const once = erasedOf(items);
    expect(erasedOf(once)).toEqual(once);
  });
});

test('A payer is nobody, so that nothing is paid out to them; a comment deep within is found; what else there is stays', () => {
  const data = {
    debtor: { name: 'Ann', iban: 'DE89370400440532013000' },
    rejected: [{ sku: 'A', quantity: 1, comment: 'torn by Ann' }],
    paymentMethod: { type: 'wechat_pay', via: 'jsapi', openId: 'o-1' },
    amount: { amount: 1, currency: 'EUR' },
    shippingAddress: { name: 'Ann', street: 'Way 1', country: 'Old Prussia' },
  };
  expect(withoutPerson(data)).toEqual({
    debtor: { name: '', iban: '' },
    rejected: [{ sku: 'A', quantity: 1, comment: ERASED }],
    paymentMethod: { type: 'wechat_pay', via: 'jsapi', openId: ERASED },
    amount: { amount: 1, currency: 'EUR' },
    shippingAddress: { name: ERASED, street: ERASED, country: ERASED },
  });
});

test('What a channel handed out for the customer alone goes, at any depth, but for its kind', () => {
  const action = {
    type: 'qr_code',
    url: 'https://pay.example/1',
    expiresAfterSeconds: 60,
    account: { type: 'iban', iban: 'DE89370400440532013000', bank: null, lines: ['Ann', 7] },
  };
  expect(withoutPerson({ action })).toEqual({
    action: {
      type: 'qr_code',
      url: ERASED,
      expiresAfterSeconds: 60,
      account: { type: 'iban', iban: ERASED, bank: null, lines: [ERASED, 7] },
    },
  });
});

test('A person gets everything but what one pays with', () => {
  const data = {
    customer: { name: 'Ann', email: 'ann@example.com' },
    paymentMethod: { type: 'card', token: 'tok_1' },
    requestHash: 'ab',
    comment: 'thanks',
    action: { type: 'redirect', url: 'https://pay.example/1' },
  };
  expect(forPerson(data)).toEqual({
    customer: { name: 'Ann', email: 'ann@example.com' },
    paymentMethod: { type: 'card' },
    comment: 'thanks',
  });
});
