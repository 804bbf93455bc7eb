import { expect, test } from 'vitest';
import { planOf } from '../../../../launch/shop/plan.ts';
import type { ShopRecords } from '../../../../launch/shop/records.ts';

const article = (sku: string, amount = 100) => ({ sku, name: sku, unitPrice: { amount, currency: 'CNY' } });
const promotion = (code: string, basisPoints: number) => ({
  code,
  name: code,
  rule: { type: 'percentage', basisPoints },
});
const THERE: ShopRecords = {
  articles: [article('MUG'), article('TEA')],
  promotions: [promotion('TEN', 1_000)],
  stock: [{ sku: 'MUG', available: 7 }],
};

test('A file that says what there is changes nothing', () => {
  expect(planOf(THERE, THERE)).toEqual({ articles: [], promotions: [], receipts: [], differences: [], same: 4 });
});

test('What is new or different is written, and the rest is left alone', () => {
  const wanted: ShopRecords = {
    articles: [article('MUG'), article('TEA', 200), article('POT')],
    promotions: [promotion('TEN', 500)],
    stock: [],
  };
  expect(planOf(wanted, THERE)).toMatchObject({
    articles: [article('TEA', 200), article('POT')],
    promotions: [promotion('TEN', 500)],
    same: 1,
  });
});

test('Stock is received for articles that never had any; another count is a difference, which somebody has to want', () => {
  const stock = [
    { sku: 'MUG', available: 10 },
    { sku: 'TEA', available: 5 },
    { sku: 'POT', available: 0 },
  ];
  expect(planOf({ articles: [], promotions: [], stock }, THERE)).toEqual({
    articles: [],
    promotions: [],
    receipts: [{ sku: 'TEA', available: 5 }],
    differences: [{ sku: 'MUG', there: 7, wanted: 10 }],
    same: 1,
  });
});
