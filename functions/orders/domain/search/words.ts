/** The words of a search, and whether an order matches them. */
import { accept, type Result, refuse } from '../../../shared/kernel/result.ts';
import { foldText, TERM_KINDS, type Term, type TermKind, WITHOUT_SPACES } from './terms.ts';

export interface Word {
  /** Folded. */
  readonly text: string;
  /** The kinds of terms that the word can be the beginning of, strongest first; at least one. */
  readonly kinds: readonly TermKind[];
}

/** Characters of a query, at most. */
export const MAX_QUERY = 200;
const MAX_WORDS = 5;
/** This many characters tell an order id from others: ids of the same minute begin alike. */
export const ORDER_ID_PREFIX = 8;
const HELD = 'status:held';

/** The words of a query, all of which must match. A refusal says what is wrong with the query, without repeating it. */
export function wordsOf(query: string): Result<readonly Word[], string> {
  const words = [...new Set(foldText(query).split(/\s+/u).filter(Boolean))].map((text) =>
    text === HELD
      ? { text: 'held', kinds: ['status' as const] }
      : { text, kinds: TERM_KINDS.filter((kind) => canBegin(kind, text)) },
  );
  if (words.length === 0) return refuse('Nothing to search for.');
  if (words.length > MAX_WORDS) return refuse(`At most ${MAX_WORDS} words are taken.`);
  if (words.some(({ kinds }) => kinds.length === 0)) {
    return refuse(
      `Each word has at least two characters (one, of scripts without spaces) of an e-mail address, a SKU or a name; of an order id ${ORDER_ID_PREFIX}. \`${HELD}\` finds orders that wait for review.`,
    );
  }
  return accept(words);
}

/** Whether `text` can be the beginning of a term of the kind. */
function canBegin(kind: TermKind, text: string): boolean {
  const long = [...text].length >= 2;
  switch (kind) {
    case 'order':
      return text.length >= ORDER_ID_PREFIX && /^[0-9a-f-]{1,36}$/.test(text);
    case 'email':
      return long && !text.includes(':');
    case 'sku':
      return long && /^[a-z0-9._-]{1,64}$/.test(text);
    case 'name':
      return (long && /^\p{L}[^@:]*$/u.test(text)) || WITHOUT_SPACES.test([...text][0] ?? '');
    case 'status':
      return false;
  }
}

export const matches = (term: Term, { text, kinds }: Word): boolean =>
  kinds.includes(term.kind) && term.text.startsWith(text);

/** The term under which a word finds an order: the first in the order of results. */
export function bestMatch(terms: readonly Term[], word: Word): Term | undefined {
  return terms
    .filter((term) => matches(term, word))
    .reduce<Term | undefined>((best, term) => (best === undefined || isBetter(term, best) ? term : best), undefined);
}

function isBetter(left: Term, right: Term): boolean {
  const [leftKind, rightKind] = [left, right].map(({ kind }) => TERM_KINDS.indexOf(kind)) as [number, number];
  return leftKind < rightKind || (leftKind === rightKind && left.text < right.text);
}
