import { describe, expect, test } from 'vitest';
import type { OrderView } from '../../../../../../functions/orders/domain/order-view.ts';
import { type Searchable, termsOf } from '../../../../../../functions/orders/domain/search/terms.ts';
import { bestMatch, hasWord, type Word, wordsOf } from '../../../../../../functions/orders/domain/search/words.ts';
import { ERASED } from '../../../../../../functions/shared/kernel/erased.ts';
import { money } from '../../../../../../functions/shared/kernel/money.ts';
import { line, ORDER_ID } from '../../../../../support/orders/streams.ts';

const items = (...skus: string[]): OrderView['items'] =>
  skus.map((sku) => ({ ...line(sku), lineTotal: money(0, 'CNY') }));
const order = (over: Partial<Searchable> = {}): Searchable => ({
  orderId: ORDER_ID,
  status: 'created',
  items: [],
  payment: { method: 'card', status: 'pending' },
  shipment: { status: 'pending' },
  shipments: [],
  customer: { name: '' },
  shippingAddress: { name: '' },
  ...over,
});
const named = (name: string) =>
  termsOf(order({ shippingAddress: { name } }))
    .filter(({ kind }) => kind === 'name')
    .map(({ text }) => text);
const word = (text: string): Word => {
  const words = wordsOf(text);
  if (!words.ok) throw new Error(words.refusal);
  return words.value[0]!;
};

describe('The terms of an order', () => {
  test("are its id, the customer's e-mail address, the numbers of payment and parcel, its SKUs and the names on it, each once and folded", () => {
    const terms = termsOf(
      order({
        items: items('MUG-Blue', 'mug-blue', 'TSHIRT'),
        customer: { name: 'Li Wei', email: 'Li.Wei@Example.com' },
        shippingAddress: { name: 'LI Wei' },
        payment: { method: 'card', status: 'voided', paymentId: 'pi_3MtwBw' },
        shipment: { status: 'cancelled', shipmentId: 's', carrier: 'c', trackingNumber: 'SE000000000001CN' },
      }),
    );
    expect(terms).toEqual([
      { kind: 'order', text: ORDER_ID },
      { kind: 'email', text: 'li.wei@example.com' },
      { kind: 'payment', text: 'pi_3mtwbw' },
      { kind: 'tracking', text: 'se000000000001cn' },
      { kind: 'sku', text: 'mug-blue' },
      { kind: 'sku', text: 'tshirt' },
      { kind: 'name', text: 'li' },
      { kind: 'name', text: 'wei' },
    ]);
  });

  test.each([
    ["Jean-Luc O'Neil", ['jean', 'luc', 'o', 'neil', 'jeanluc', 'oneil']],
    ['  J. R. Müller ', ['j', 'r', 'muller', 'jr']],
    ["D'Arcy-O'Connor", ['d', 'arcy', 'o', 'connor', 'darcyoconnor', 'arcyoconnor', 'oconnor']],
    ['AT&T', ['at', 't', 'att']],
    ['李伟', ['李伟', '伟']],
    ['山田 太郎', ['山田', '太郎', '田', '郎', '山田太郎', '田太郎']],
    ['김민준', ['김민준', '민준', '준']],
    ['ＬＩ Ｗｅｉ', ['li', 'wei']],
    ['Weiß', ['weiss']],
    ['李Wei', ['李wei', 'wei']],
    ['«Anna», Dr.', ['anna', 'dr']],
    ['…', ['...']],
    ['🙂 & Co', ['co']],
    ['\u200b', []],
  ])('of the name %s begin where somebody may begin to type it', (name, expected) => {
    expect(named(name)).toEqual(expected);
  });

  test('are bounded, however long the name', () => {
    expect(named('有'.repeat(100))).toHaveLength(16);
    expect(named(Array.from({ length: 1_000 }, (_, at) => at).join(' '))).toHaveLength(128);
    expect(named(Array.from({ length: 1_000 }, (_, at) => at).join('-'))).toHaveLength(128 + 16);
    expect(
      termsOf(order({ customer: { name: '', email: '€'.repeat(5_000) } })).every(({ text }) => [...text].length <= 200),
    ).toBe(true);
  });

  test('name its status only while it is held', () => {
    expect(termsOf(order({ status: 'held' }))).toContainEqual({ kind: 'status', text: 'held' });
    expect(termsOf(order({ status: 'processing' })).some(({ kind }) => kind === 'status')).toBe(false);
  });
});

describe('The words of a query', () => {
  test.each([
    ['0190F3A0', ['order', 'email', 'payment', 'tracking', 'sku', 'name']],
    ['0190f3a', ['email', 'payment', 'tracking', 'sku', 'name']],
    ['pi_3MtwBw', ['email', 'payment', 'tracking', 'sku', 'name']],
    ['li.wei@example.com', ['email', 'name']],
    ['a', ['name']],
    ['li.', ['email', 'sku', 'name']],
    ['MUG-BLUE', ['email', 'sku', 'name']],
    ['wei', ['email', 'sku', 'name']],
    ['deadbeef', ['order', 'email', 'sku', 'name']],
    ['李', ['name']],
    ['李伟', ['email', 'name']],
    ['status:held', ['status']],
    ['Status:Held', ['status']],
  ])('%s can be the beginning of %j', (query, kinds) => {
    expect(word(query).kinds).toEqual(kinds);
  });

  test.each([
    [`${ORDER_ID}-1`, 'our attempt to be paid by card'],
    [`${ORDER_ID.toUpperCase()}-2-2`, 'the further key of one'],
    [ORDER_ID.replaceAll('-', ''), 'our number at a wallet'],
  ])('%s, %s, is the id of its order', (query) => {
    expect(word(query).text).toBe(ORDER_ID);
  });

  test('are one where a reference is written in groups, as banks print it', () => {
    const words = wordsOf('RF18 5390 0754 7034');
    expect(words.ok && words.value.map(({ text }) => text)).toEqual(['rf18539007547034']);
  });

  test('are taken apart at white space of any width, and each once', () => {
    const words = wordsOf(' Wei\u3000MUG  wei ');
    expect(words.ok && words.value.map(({ text }) => text)).toEqual(['wei', 'mug']);
  });

  test.each(['', '   ', '\u200b \u00ad', 'status:cancelled', 'status:', 'wei status:lost'])(
    'are refused when they cannot be searched for: "%s"',
    (query) => {
      expect(wordsOf(query).ok).toBe(false);
    },
  );

  test('are not repeated in a refusal: they can be personal data', () => {
    const words = wordsOf('zoe@example.com status:zoe');
    expect(words.ok ? '' : words.refusal).toMatch(/status:held/);
    expect(words.ok ? '' : words.refusal).not.toMatch(/zoe/);
  });
});

describe('A match', () => {
  const terms = termsOf(
    order({ items: items('WEI-1', 'WEI'), customer: { name: 'Wei Li', email: 'wei@example.com' } }),
  );

  test('is a term of a kind that the word can begin, and that begins with it', () => {
    expect(terms.filter((term) => hasWord([term], word('WEI'))).map(({ text }) => text)).toEqual([
      'wei@example.com',
      'wei-1',
      'wei',
      'wei',
    ]);
    expect(hasWord(terms, word('example'))).toBe(false);
  });

  test('of a name needs all parts of the word', () => {
    expect(hasWord(terms, word('Li-Wei'))).toBe(true);
    expect(hasWord(terms, word('Li-Wu'))).toBe(false);
  });

  test('is best where the kind is strongest, then where the term is shortest', () => {
    expect(bestMatch(terms, word('wei'))).toEqual({ lookup: 0, text: 'wei@example.com' });
    expect(bestMatch(terms.slice(2), word('wei'))).toEqual({ lookup: 1, text: 'wei' });
    expect(bestMatch(terms, word('nobody'))).toBeUndefined();
  });

  test('of a number is the whole number', () => {
    const paid = termsOf(order({ payment: { method: 'card', status: 'voided', paymentId: 'pi_3MtwBw' } }));
    expect([
      hasWord(paid, word('PI_3mtwbw')),
      hasWord(paid, word('pi_3mtw')),
      hasWord(paid, word('pi_3mtwbw7')),
    ]).toEqual([true, false, false]);
  });
});

describe('The reference of a transfer', () => {
  const transfer = (reference: string) =>
    termsOf(
      order({
        payment: {
          method: 'bank_transfer',
          status: 'pending',
          action: { type: 'transfer', account: { bank: 'b', holder: 'h', number: 'n' }, reference },
        },
      }),
    ).filter(({ kind }) => kind === 'payment');

  test('is a term from when it is handed out until the person is erased', () => {
    expect(transfer('RF18539007547034')).toEqual([{ kind: 'payment', text: 'rf18539007547034' }]);
    expect(transfer(ERASED)).toEqual([]);
  });
});
