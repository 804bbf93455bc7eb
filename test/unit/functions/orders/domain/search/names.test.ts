/** Names, addresses and ids are found as they stand on the order, and as people type them. */
import { describe, expect, test } from 'vitest';
import { foldText } from '../../../../../../functions/orders/domain/search/folding.ts';
import { type Searchable, termsOf } from '../../../../../../functions/orders/domain/search/terms.ts';
import {
  askedWords,
  bestMatch,
  hasWord,
  MAX_QUERY,
  wordsOf,
} from '../../../../../../functions/orders/domain/search/words.ts';
import { ORDER_ID } from '../../../../../support/orders/streams.ts';
import fc from '../../../../../support/run/properties.ts';

const order = (over: Partial<Searchable>): Searchable => ({
  orderId: ORDER_ID,
  status: 'created',
  items: [],
  payment: { method: 'card', status: 'pending' },
  shipment: { status: 'pending' },
  shipments: [],
  customer: { name: 'Somebody Else' },
  shippingAddress: { name: 'Somebody Else' },
  ...over,
});
const named = (name: string) => order({ shippingAddress: { name } });

/** Whether the index has an entry of the order for each word by which it is asked, and the order has all words. */
function finds(query: string, of: Searchable): boolean {
  const words = wordsOf(query);
  if (!words.ok) return false;
  const terms = termsOf(of);
  return (
    words.value.every((word) => hasWord(terms, word)) &&
    askedWords(words.value).every((word) => bestMatch(terms, word) !== undefined)
  );
}

describe('A name is found', () => {
  test.each([
    'Dr. Anna Müller',
    'Prof. Dr.-Ing. J. R. Müller-Lüdenscheidt, M.Sc.',
    'J. R. R. Tolkien',
    'J',
    'X Æ A-12',
    'Henry VIII',
    'Anna 2nd',
    '3M',
    '50 Cent',
    'Jean-Luc Picard',
    'Jean – Luc',
    'Müller, Anna',
    'Müller,Anna',
    'Marks & Spencer',
    'Marks&Spencer',
    "O'Neil",
    'O’Neil',
    'Oʼneil',
    'O`Neil',
    "D'Arcy-O'Connor (c/o Smith/Jones) #5",
    'Zo\u00adë Quinn',
    'An\u200bna Berg',
    '\u200eAnna Berg\u200f',
    'José Álvarez',
    'Weiß',
    'Søren Kierkegaard',
    'Łukasz Żółć',
    'İpek Işık',
    'Παπαδόπουλος Γιώργος',
    'Ёлкин Фёдор',
    'Maria da Conceição dos Santos e Silva de Almeida',
    '李伟',
    '山田 太郎',
    'ジョン・スミス',
    '김 민준',
    'ＬＩ Ｗｅｉ',
    'สมชาย ใจดี',
    'राजेश कुमार',
    'محمّد أحمد',
    'Anna 🙂',
    '🙂',
    '***',
    'Anna @home: back door',
    'a b c d e f g h i j k l m n o p q r s t u v w x y z',
  ])('as it stands on the order: %s', (name) => {
    expect(finds(name, named(name))).toBe(true);
    expect(finds(name.toUpperCase(), named(name))).toBe(true);
    expect(finds(name.split(' ').reverse().join(' '), named(name))).toBe(true);
  });

  test.each([
    ['Weiß', 'weiss'],
    ['Søren', 'soren'],
    ['Łukasz', 'lukasz'],
    ['Işık', 'isik'],
    ['İpek', 'ipek'],
    ['Æsa Þórsdóttir', 'aesa thorsdottir'],
    ['Đặng', 'dang'],
    ['José', 'jose'],
    ['Jose\u0301', 'José'],
    ['O’Neil', "o'neil"],
    ['Jean-Luc', 'jean luc'],
    ['Ёлкин', 'елкин'],
    ['Παπάς', 'παπασ'],
    ['ＬＩ', 'li'],
    ['ﾔﾏﾀﾞ', 'ヤマダ'],
    ['㈱山田', '株 山田'],
    ["O'Neil", 'oneil'],
    ['AT&T', 'att'],
    ['Jean-Luc', 'jeanluc'],
    ['J.R. Müller', 'JR Müller'],
    ['J. R. Müller', 'JR Müller'],
    ['J.R.Müller', 'J R Müller'],
    ['J. R. R. Tolkien', 'J.R.R. Tolkien'],
    ['X.Æ.A-12', 'xaea12'],
    ['李 伟', '李伟'],
    ['李・伟', '李伟'],
    ['山田 太郎', '山田太郎'],
    ['김 민준', '김민준'],
    ['Müller,Anna', 'müller anna'],
  ])('with its letters as others type them, in both directions: %s and %s', (name, typed) => {
    expect(finds(typed, named(name))).toBe(true);
    expect(finds(name, named(typed))).toBe(true);
  });

  test.each(['darcy oconnor', 'oconnor', "d'arcy", 'Darcy-O’Connor', 'connor d’arcy'])(
    'by the words of a name of several: %s',
    (typed) => {
      expect(finds(typed, named("D'Arcy-O'Connor"))).toBe(true);
    },
  );

  test('by the initial of a part when another word leads', () => {
    expect(finds('J. Müller', named('Jane Müller'))).toBe(true);
    expect(finds('Jane Müller', named('J. Müller'))).toBe(false);
  });

  test('not by one that differs in a mark that tells words apart', () => {
    expect(finds('はは', named('ばば'))).toBe(false);
  });

  const characters = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.string({ unit: 'grapheme', maxLength: 50 }),
    fc.string({ unit: fc.constantFrom(..."ab Zß.,-&'’ 1李﷽⒈㈱½ﬃ\u00adøİʼ"), maxLength: 100 }),
  );
  /** Such as a name of invisible marks only. */
  const isSearchable = (name: string) => /\S/u.test(foldText(name)) && !/(^|\s)status:/u.test(foldText(name));

  test('whatever it is, by itself', () => {
    fc.assert(
      fc.property(characters.filter(isSearchable), (name) => name.length <= MAX_QUERY && finds(name, named(name))),
      { numRuns: 2_000 },
    );
  });

  test('by each of its words', () => {
    fc.assert(
      fc.property(characters.filter(isSearchable), (name) => {
        const words = wordsOf(name);
        return words.ok && words.value.every((word) => hasWord(termsOf(named(name)), word));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('Folding', () => {
  test('simple text is folded as it is beside a letter with an accent', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(foldText(`${text}é`)).toBe(`${foldText(text)}e`);
      }),
    );
  });

  test('has one form for each text: what is folded stays as it is', () => {
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const folded = foldText(String.fromCodePoint(code));
      if (foldText(folded) !== folded) throw new Error(`U+${code.toString(16)} is folded to ${folded}, and further.`);
    }
  });
});

describe('An e-mail address or an id is found', () => {
  test.each(['li.wei+shop@example.com', "o'neil@example.com", '#1@example.com', 'a@b.cn', 'jörg@exämple.de'])(
    'as it stands on the order: %s',
    (email) => {
      const buyer = order({ customer: { name: 'X', email } });
      for (const typed of [email, email.toUpperCase(), `<${email}>`, `${email},`, email.replace("'", '’')]) {
        expect({ typed, found: finds(typed, buyer) }).toEqual({ typed, found: true });
      }
    },
  );

  test.each([
    ORDER_ID,
    ORDER_ID.toUpperCase(),
    `#${ORDER_ID}`,
    `(${ORDER_ID})`,
    ORDER_ID.replaceAll('-', '‑'),
    ORDER_ID.slice(0, 8),
  ])('however the order id was copied: %s', (typed) => {
    expect(finds(typed, order({}))).toBe(true);
  });
});
