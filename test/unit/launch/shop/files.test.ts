import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { asCsv, asJson, readRecords, recordsIn } from '../../../../launch/shop/files.ts';

const ARTICLE = { sku: 'MUG', name: 'Mug, "blue"', unitPrice: { amount: 4_500, currency: 'CNY' } };
const PROMOTION = {
  code: 'SUMMER',
  name: 'A tenth off',
  rule: { type: 'percentage', basisPoints: 1_000 },
  validFrom: '2026-06-01T00:00:00+08:00',
};
const EVER = { code: 'EVER', name: 'A fen off', rule: { type: 'fixed', amount: { amount: 1, currency: 'CNY' } } };
const STOCK = { sku: 'MUG', available: 10 };
const RECORDS = { articles: [ARTICLE], promotions: [PROMOTION, EVER], stock: [STOCK] };

describe('A file', () => {
  test('of JSON that was exported is imported as it was', () => {
    expect(recordsIn('shop.json', asJson(RECORDS))).toEqual(RECORDS);
    expect(recordsIn('stock.json', asJson({ stock: [STOCK] }))).toEqual({
      articles: [],
      promotions: [],
      stock: [STOCK],
    });
  });

  test.each(['articles', 'promotions', 'stock'] as const)(
    'of CSV with %s that was exported is imported as it was',
    (kind) => {
      expect(recordsIn(`${kind}.csv`, asCsv(kind, RECORDS[kind]))[kind]).toEqual(RECORDS[kind]);
    },
  );

  test('of CSV may come from a spreadsheet: with a byte order mark, empty lines and columns in another order', () => {
    const text = '\ufeffcurrency,amount,sku,name\r\nCNY,4500,MUG,"Mug, ""blue"""\r\n\r\n';
    expect(recordsIn('articles.csv', text).articles).toEqual([ARTICLE]);
  });
});

const faultsOf = (file: string, text: string): string => {
  try {
    recordsIn(file, text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('A fault', () => {
  test('in CSV is named by line, column and what is there, every one of them', () => {
    const text = 'sku,name,amount,currency\nMUG,Mug,45.00,CNY\nA B,Tea,1,yuan\nMUG,Mug,1,CNY\nMUG,Mug,1,CNY\n';
    expect(faultsOf('articles.csv', text).split('\n')).toEqual([
      'articles.csv is wrong; nothing was imported:',
      expect.stringMatching(/^ {2}line 2, column 3 \(amount, "45\.00"\): /),
      '  line 3, column 1 (sku, "A B"): expected 1 to 64 letters, digits, dots, dashes or underscores',
      '  line 3, column 4 (currency, "yuan"): expected a currency of ISO 4217 such as CNY',
      '  line 5, column 1 (sku, "MUG"): MUG is there already, at line 4, column 1 (sku, "MUG"); expected each once',
    ]);
  });

  test('in a rule is named, too', () => {
    const text = 'code,name,rule\nTEN,Ten,"{""type"":""percentage"",""basisPoints"":0}"\nBAD,Bad,ten\n';
    const lines = faultsOf('promotions.csv', text).split('\n');
    expect(lines[1]).toMatch(/line 2, column 3 \(rule, /);
    expect(lines[2]).toMatch(/line 3, column 3 \(rule, "ten"\): /);
  });

  test('in JSON is named by its place', () => {
    const text = JSON.stringify({
      articles: [ARTICLE, { ...ARTICLE, sku: 'TEA', unitPrice: { amount: -1, currency: 'CNY' } }],
    });
    expect(faultsOf('shop.json', text)).toMatch(/\n {2}articles\[1\]\.unitPrice\.amount: /);
    expect(faultsOf('shop.json', '{"articles":[{"sku":"MUG","nam":"Mug"}]}')).toContain('articles[0]');
  });

  test.each([
    ['shop.txt', '', 'expected one that ends in .json or .csv'],
    ['shop.json', '{', 'shop.json is no JSON: '],
    ['shop.json', '[]', 'expected an object with lists under articles, promotions, stock'],
    ['shop.json', '{"prices":[]}', '"prices" is no list of records'],
    ['shop.csv', 'sku;name', 'line 1: the columns are "sku;name"; expected those of one kind:'],
    ['shop.csv', 'sku,available,colour\n', 'line 1: the columns are "sku,available,colour"'],
    ['shop.csv', 'sku,available\nA,1,2\n', 'shop.csv is no CSV: '],
  ])('of the form of %s is told: %s', (file, text, message) => {
    expect(faultsOf(file, text)).toContain(message);
  });

  test('that is not there, or is a folder, is told with where it was looked for', () => {
    expect(() => readRecords('nowhere.json')).toThrow(
      `There is no ${path.resolve('nowhere.json')}; expected a file of records.`,
    );
    expect(() => readRecords('test')).toThrow(/It cannot be read \(EISDIR/);
  });
});
