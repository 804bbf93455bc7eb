/** The words of a search, and whether an order matches them. */
import { accept, type Result, refuse } from '../../../shared/kernel/result.ts';
import { chunksOf, foldText, isWrittenWithoutSpaces, partsOf } from './folding.ts';
import { identifierText, TERM_KINDS, type Term, type TermKind, termText } from './terms.ts';

export interface Word {
  /** Folded: what an order id, an e-mail address or an SKU begins with. */
  readonly text: string;
  /** What parts of a name begin with, all of them; the longest first. */
  readonly parts: readonly string[];
  /** The kinds of terms that the word can be the beginning of, strongest first; at least one. */
  readonly kinds: readonly TermKind[];
}

/** Characters of a query, at most: as many as an e-mail address can have. */
export const MAX_QUERY = 254;
/** This many characters tell an order id from others: ids of the same minute begin alike. */
export const ORDER_ID_PREFIX = 8;
const STATUS = 'status:';
const HELD = `${STATUS}held`;
/** The index is asked for this many words of a query; the others are compared with the views. */
const MAX_ASKED = 5;

/**
 * The words of a query, all of which must match. What has neither letter nor digit counts only where nothing else does. A
 * refusal says what is wrong with the query, without repeating it.
 */
export function wordsOf(query: string): Result<readonly Word[], string> {
  const chunks = [...new Set(chunksOf(foldText(query)))];
  if (chunks.length === 0) {
    return refuse('There is nothing to search for in it; expected a letter, a digit or another visible character.');
  }
  if (chunks.some((chunk) => chunk.startsWith(STATUS) && chunk !== HELD)) {
    return refuse(`Orders are found by the status \`${HELD}\` only: it finds those that wait for review.`);
  }
  const withParts = chunks.filter((chunk) => partsOf(chunk).length > 0);
  return accept((withParts.length > 0 ? withParts : chunks).map(wordOf));
}

function wordOf(chunk: string): Word {
  if (chunk === HELD) return { text: 'held', parts: [], kinds: ['status'] };
  const parts = partsOf(chunk).map(termText).sort(byLength);
  if (parts.length === 0) return { text: chunk, parts: [termText(chunk)], kinds: ['name'] };
  const text = identifierText(chunk);
  return { text, parts, kinds: TERM_KINDS.filter((kind) => canBegin(kind, text)) };
}

/** Whether `text` can be the beginning of a term of the kind. */
function canBegin(kind: TermKind, text: string): boolean {
  switch (kind) {
    case 'order':
      return /^[0-9a-f-]{1,36}$/.test(text) && text.length >= ORDER_ID_PREFIX;
    case 'email':
      return [...text].length >= 2;
    case 'sku':
      return /^[a-z0-9._-]{2,64}$/.test(text);
    case 'name':
      return true;
    case 'status':
      return false;
  }
}

/** What a term of the kind begins with when it is one of those that the word finds. */
export const beginningOf = ({ text, parts }: Word, kind: TermKind): string => (kind === 'name' ? parts[0]! : text);

/**
 * The words by which the index is asked, the longest first. A single letter is in the index only where it stands for itself,
 * such as an initial: the index is asked for it only where the query has nothing else.
 */
export function askedWords(words: readonly Word[]): readonly Word[] {
  const sorted = [...words].sort((left, right) => byLength(left.text, right.text));
  const telling = sorted.filter((word) => isTelling(beginningOf(word, word.kinds.at(-1)!)));
  return telling.length > 0 ? telling.slice(0, MAX_ASKED) : sorted.slice(0, 1);
}

const isTelling = (text: string): boolean => [...text].length > 1 || isWrittenWithoutSpaces(text);
const byLength = (left: string, right: string): number => right.length - left.length || (left < right ? -1 : 1);

/** Whether the order with these terms has the word: an id, address or SKU that begins so, or a name with all its parts. */
export const hasWord = (terms: readonly Term[], word: Word): boolean =>
  terms.some((term) => term.kind !== 'name' && beginsTerm(word, term)) ||
  (word.kinds.includes('name') &&
    word.parts.every((part) => terms.some((term) => isName(term) && term.text.startsWith(part))));

const isName = ({ kind }: Term): boolean => kind === 'name';

/** Whether the index finds the term when it is asked for the word. */
export const beginsTerm = (word: Word, { kind, text }: Term): boolean =>
  word.kinds.includes(kind) && text.startsWith(beginningOf(word, kind));

/** The term under which a word finds an order: the first in the order of results. */
export function bestMatch(terms: readonly Term[], word: Word): Term | undefined {
  return terms
    .filter((term) => beginsTerm(word, term))
    .reduce<Term | undefined>((best, term) => (best === undefined || isBetter(term, best) ? term : best), undefined);
}

function isBetter(left: Term, right: Term): boolean {
  const [leftKind, rightKind] = [left, right].map(({ kind }) => TERM_KINDS.indexOf(kind)) as [number, number];
  return leftKind < rightKind || (leftKind === rightKind && left.text < right.text);
}
