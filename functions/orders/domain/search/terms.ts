/**
 * The terms under which an order is found. They are compared as folded text, so that case and width of letters do not
 * matter.
 */
import type { OrderView } from '../order-view.ts';

/** Kinds of terms, strongest first: a match of a stronger kind comes before one of a weaker kind. */
export const TERM_KINDS = ['order', 'email', 'sku', 'name', 'status'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

export interface Term {
  readonly kind: TermKind;
  /** Folded; without white space. E-mail addresses and names are personal data. */
  readonly text: string;
}

/** The parts of a view that can be searched. */
export type Searchable = Pick<OrderView, 'orderId' | 'status' | 'items' | 'customer'> & {
  readonly shippingAddress: Pick<OrderView['shippingAddress'], 'name'>;
};

/** Text in one form whatever its case and width: NFKC, then upper and lower case, which also makes `ß` and `ss` the same. */
export const foldText = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

/** Scripts without spaces between words: one of their characters carries as much meaning as a word. */
export const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/** Code points: keeps a term's key within DynamoDB's 1,024 bytes. */
const MAX_TERM = 200;
/** A name has at most this many terms. */
const MAX_NAME_TERMS = 16;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const TRAILING_MARKS = /[^\p{L}\p{N}\p{M}]+$/u;

/** The terms of an order, each once, strongest kind first. Orders are found by their status only while they are held. */
export function termsOf(order: Searchable): Term[] {
  const { orderId, items, customer, shippingAddress, status } = order;
  const texts: Readonly<Record<TermKind, readonly string[]>> = {
    order: [orderId],
    email: customer.email === undefined ? [] : [customer.email],
    sku: items.map(({ sku }) => sku),
    name: [customer.name, shippingAddress.name].flatMap(partsOfName),
    status: status === 'held' ? [status] : [],
  };
  return TERM_KINDS.flatMap((kind) =>
    [...new Set(texts[kind].map(termText))].filter(Boolean).map((text) => ({ kind, text })),
  );
}

const termText = (text: string): string => [...foldText(text).replace(/\s+/gu, '')].slice(0, MAX_TERM).join('');

/**
 * The places at which an operator may begin to type a name, each to the end of its word: `Jean-Luc` gives `jean-luc`
 * and `luc`, 李伟 gives 李伟 and 伟. Initials are left out.
 */
function partsOfName(name: string): string[] {
  const parts = foldText(name)
    .split(/\s+/u)
    .flatMap((word) => {
      const characters = [...word.replace(TRAILING_MARKS, '')];
      return characters.flatMap((character, index) =>
        beginsPart(character, characters[index - 1]) ? [characters.slice(index).join('')] : [],
      );
    });
  return parts.filter((part) => [...part].length > 1 || WITHOUT_SPACES.test(part)).slice(0, MAX_NAME_TERMS);
}

const beginsPart = (character: string, before: string | undefined): boolean =>
  LETTER.test(character) &&
  (before === undefined || !LETTER.test(before) || WITHOUT_SPACES.test(before) || WITHOUT_SPACES.test(character));
