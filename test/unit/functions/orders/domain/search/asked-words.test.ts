/** By which words of a query the index is asked, in which order, and what a word is taken for. */
import { describe, expect, test } from 'vitest';
import type { Term } from '../../../../../../functions/orders/domain/search/terms.ts';
import {
  askedWords,
  bestMatch,
  hasWord,
  lookupsOf,
  type Word,
  wordsOf,
} from '../../../../../../functions/orders/domain/search/words.ts';

function words(query: string): readonly Word[] {
  const found = wordsOf(query);
  if (!found.ok) throw new Error(found.refusal);
  return found.value;
}
const asked = (query: string) => askedWords(words(query)).map(({ text }) => text);

describe('The index is asked', () => {
  test.each([
    [
      'for the longest words first, and for those of one length by the alphabet',
      'bob al carol ann',
      ['carol', 'ann', 'bob', 'al'],
    ],
    ['for five words at most', 'aa bbb cccc ddddd eeeeee fffffff', ['fffffff', 'eeeeee', 'ddddd', 'cccc', 'bbb']],
    ['for no single letter beside a word', 'j smith', ['smith']],
    ['for one single letter where there is nothing else', 'b-a', ['b-a']],
    ['for a single character that is a word', '李 smith', ['smith', '李']],
    ['for signs where there is nothing else', '& +', ['&']],
    ['for what a word says without what stands around it', '"o\'neil"', ["o'neil"]],
  ])('%s', (_, query, expected) => {
    expect(asked(query)).toEqual(expected);
  });

  test('in the order of results, for a name by its longest part and as one word', () => {
    expect(lookupsOf(words('deadbeef')[0]!).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'order deadbeef',
      'email deadbeef',
      'sku deadbeef',
      'name deadbeef',
    ]);
    expect(lookupsOf(words("O'Neil")[0]!)).toEqual([
      { kind: 'email', text: "o'neil" },
      { kind: 'name', text: 'neil' },
      { kind: 'name', text: 'oneil' },
    ]);
  });
});

describe('A word', () => {
  test('has its parts with the longest first', () => {
    expect(words('jo-anna-lee')[0]).toMatchObject({ parts: ['anna', 'lee', 'jo'], joined: 'joannalee' });
    expect(words('bo-al')[0]).toMatchObject({ parts: ['al', 'bo'] });
  });

  test('that asks for held orders asks for nothing else', () => {
    expect(words('status:held')).toEqual([{ text: 'held', parts: [], joined: '', kinds: ['status'] }]);
  });

  test('of signs is compared with names alone', () => {
    expect(words('&')).toEqual([{ text: '&', parts: ['&'], joined: '&', kinds: ['name'] }]);
  });

  test.each([
    ['deadbeef', true],
    ['deadbeefx', false],
    ['xdeadbeef', false],
    ['dead', false],
    [`${'a'.repeat(36)}`, true],
    [`${'a'.repeat(37)}`, false],
  ])('%s can begin an order id: %s', (text, expected) => {
    expect(words(text)[0]!.kinds.includes('order')).toBe(expected);
  });
});

describe('An order', () => {
  const terms: readonly Term[] = [
    { kind: 'email', text: 'wu@example.com' },
    { kind: 'name', text: 'wendy' },
    { kind: 'name', text: 'weiss' },
  ];

  test('has a letter only where a name begins with it', () => {
    expect(hasWord(terms, words('w')[0]!)).toBe(true);
    expect(hasWord(terms.slice(0, 1), words('w')[0]!)).toBe(false);
  });

  test('is found at the first of its terms by the alphabet', () => {
    expect(bestMatch(terms, words('we')[0]!)).toEqual({ lookup: 2, text: 'weiss' });
    expect(bestMatch([...terms].reverse(), words('we')[0]!)).toEqual({ lookup: 2, text: 'weiss' });
    expect(bestMatch(terms, words('zoe')[0]!)).toBeUndefined();
  });
});
