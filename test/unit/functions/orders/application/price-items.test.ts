import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Article, Catalogue } from '../../../../../functions/orders/application/ports.ts';
import { priceItems } from '../../../../../functions/orders/application/price-items.ts';
import type { Sku } from '../../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import { InMemoryPromotions } from '../../../../support/fakes/in-memory-promotions.ts';

const demo = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../../launch/demo/${file}`, import.meta.url), 'utf8'));
const demoPromotions = demo('promotions.json') as { code: string }[];
const ARTICLES = [
  ...(demo('catalogue.json') as Article[]).map(({ sku, name, unitPrice }) => ({ sku, name, unitPrice })),
  { sku: 'IMPORT' as Sku, name: 'Imported', unitPrice: money(100, 'EUR') },
];
const NOW = Date.UTC(2026, 0, 2);

const catalogue: Catalogue = {
  find: async (skus) =>
    new Map(ARTICLES.filter(({ sku }) => skus.includes(sku)).map((article) => [article.sku, article])),
};
let promotions: InMemoryPromotions;

beforeEach(() => {
  promotions = new InMemoryPromotions();
  for (const promotion of demoPromotions) promotions.put(promotion);
});

const price = (quantities: Readonly<Record<string, number>>, ...discountCodes: readonly string[]) =>
  priceItems(
    { catalogue, promotions, now: () => NOW },
    { items: Object.entries(quantities).map(([sku, quantity]) => ({ sku: sku as Sku, quantity })), discountCodes },
  );
const refused = (code: string, because: string) => ({
  ok: false,
  refusal: { kind: 'discount-not-applicable', code, because },
});

describe('The demo promotions', () => {
  test.each([
    ['TEN-PERCENT', { TSHIRT: 2 }, 25_800 - 2_580],
    ['FIVE-OFF', { 'MUG-BLUE': 1 }, 4_000],
    ['MUGS-3-FOR-2', { 'MUG-BLUE': 3, 'COFFEE-1KG': 1 }, 2 * 4_500 + 8_800],
    ['BIG-ORDER', { GRINDER: 1 }, 129_900 - 19_485],
    ['BLACK-FRIDAY', { 'COFFEE-1KG': 2 }, 17_600 - 3_520],
    ['BLACK-FRIDAY', { TSHIRT: 3, 'COFFEE-1KG': 1 }, 2 * 12_900 + 8_800 - 2_000],
  ])('%s makes %j cost %i', async (code, items, total) => {
    expect(await price(items, code)).toMatchObject({
      ok: true,
      value: { total: money(total, 'CNY'), discounts: [{ code }] },
    });
  });

  test('show a code that is no longer valid', async () => {
    expect(await price({ TSHIRT: 1 }, 'SUMMER-2025')).toEqual(refused('SUMMER-2025', 'inactive'));
  });

  test('are all shown here', () => {
    expect(demoPromotions.map(({ code }) => code)).toEqual([
      'TEN-PERCENT',
      'FIVE-OFF',
      'MUGS-3-FOR-2',
      'BIG-ORDER',
      'BLACK-FRIDAY',
      'SUMMER-2025',
    ]);
  });
});

describe('Items', () => {
  test('without codes cost what the catalogue says, and the promotions are not read', async () => {
    const priced = await price({ 'MUG-BLUE': 3, TSHIRT: 1 });
    expect(priced).toMatchObject({
      ok: true,
      value: { subtotal: money(26_400, 'CNY'), discounts: [], total: money(26_400, 'CNY') },
    });
    expect(promotions.asked).toEqual([]);
  });

  test('with codes cost less in the order of the codes, which are read at once', async () => {
    const priced = await price({ TSHIRT: 2 }, 'FIVE-OFF', 'TEN-PERCENT');
    expect(priced).toEqual({
      ok: true,
      value: {
        lines: [
          {
            sku: 'TSHIRT',
            name: 'T-shirt',
            quantity: 2,
            unitPrice: money(12_900, 'CNY'),
            discount: money(3_030, 'CNY'),
            net: money(22_770, 'CNY'),
          },
        ],
        subtotal: money(25_800, 'CNY'),
        discounts: [
          { code: 'FIVE-OFF', name: '¥5.00 off', amount: money(500, 'CNY') },
          { code: 'TEN-PERCENT', name: '10 % off everything', amount: money(2_530, 'CNY') },
        ],
        total: money(22_770, 'CNY'),
      },
    });
    expect(promotions.asked).toEqual([['FIVE-OFF', 'TEN-PERCENT']]);
  });

  test('that the catalogue does not list are named, all of them', async () => {
    expect(await price({ TSHIRT: 1, 'NO-SUCH': 1, 'NOR-THIS': 1 })).toEqual({
      ok: false,
      refusal: { kind: 'unknown-skus', skus: ['NO-SUCH', 'NOR-THIS'] },
    });
  });

  test('in two currencies have no price together', async () => {
    expect(await price({ TSHIRT: 1, IMPORT: 1 })).toEqual({
      ok: false,
      refusal: {
        kind: 'mixed-currencies',
        skus: new Map([
          ['CNY', ['TSHIRT']],
          ['EUR', ['IMPORT']],
        ]),
      },
    });
  });

  test('with a code that is unknown or does nothing for them are refused', async () => {
    expect(await price({ TSHIRT: 1 }, 'TEN-PERCENT', 'NO-SUCH')).toEqual(refused('NO-SUCH', 'unknown'));
    expect(await price({ TSHIRT: 1 }, 'MUGS-3-FOR-2')).toMatchObject(refused('MUGS-3-FOR-2', 'no-effect'));
  });

  test('that would be free are refused: a payment of nothing is impossible', async () => {
    promotions.put({ code: 'GIFT', name: 'All of it', rule: { type: 'percentage', basisPoints: 10_000 } });
    expect(await price({ TSHIRT: 1 }, 'GIFT')).toEqual({
      ok: false,
      refusal: { kind: 'nothing-to-charge', isFreeWithoutCodes: false },
    });
  });

  test('are never priced by a promotion that cannot be read', async () => {
    promotions.put({ code: 'BROKEN', name: 'A surcharge', rule: { type: 'percentage', basisPoints: -1_000 } });
    await expect(price({ TSHIRT: 1 }, 'BROKEN')).rejects.toMatchObject({
      name: 'BrokenPromotion',
      message: expect.stringMatching(/BROKEN.*rule\.basisPoints/),
    });
    expect((await price({ TSHIRT: 1 }, 'TEN-PERCENT')).ok).toBe(true);
  });
});
