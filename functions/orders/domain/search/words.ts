/** The words of a search, and whether an order matches them. */
import { accept, type Result, refuse } from '../../../shared/kernel/result.ts';
import { chunksOf, foldText, isWrittenWithoutSpaces, type Run, runsOf } from './folding.ts';
import { identifierText, isWhole, TERM_KINDS, type Term, type TermKind, termText } from './terms.ts';

export interface Word {
  /** Folded: what an order id, an e-mail address or an SKU begins with; a whole number of a payment or a parcel. */
  readonly text: string;
  /** What parts of a name begin with, all of them; the longest first. */
  readonly parts: readonly string[];
  /** What a name begins with that has these parts written as one. */
  readonly joined: string;
  /** The kinds of terms that the word can be the beginning of, strongest first; at least one. */
  readonly kinds: readonly TermKind[];
}

/** Characters of a query, at most: as many as an e-mail address can have. */
export const MAX_QUERY = 254;
/** This many characters tell an order id from others: ids of the same minute begin alike. */
export const ORDER_ID_PREFIX = 8;
/** Few numbers of channels and carriers are shorter. */
const SHORTEST_NUMBER = 6;
/** Our number of an attempt to pay by card: the order's id, the attempt, and the key of a further try. */
const ATTEMPT = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-\d{1,3}(?:-\d{1,3})?$/;
/** Our number of a payment at a wallet: the order's id without its dashes. */
const WALLET_NUMBER = /^([0-9a-f]{8})([0-9a-f]{4})(7[0-9a-f]{3})([0-9a-f]{4})([0-9a-f]{12})$/;
/** A reference of a bank transfer (ISO 11649), which banks print in groups of four. */
const REFERENCE = /^rf\d{2}[0-9a-z]{8,21}$/;
const STATUS = 'status:';
const HELD = `${STATUS}held`;
/** The index is asked for this many words of a query; the others are compared with the views. */
const MAX_ASKED = 5;

/**
 * The words of a query, all of which must match. What has neither letter nor digit counts only where nothing else does. A
 * refusal says what is wrong with the query, without repeating it.
 */
export function wordsOf(query: string): Result<readonly Word[], string> {
  const whole = foldText(query);
  const ungrouped = whole.replace(/\s+/gu, '');
  const folded = REFERENCE.test(ungrouped) ? ungrouped : whole;
  const chunks = chunksOf(folded);
  if (chunks.length === 0) {
    return refuse('There is nothing to search for in it; expected a letter, a digit or another visible character.');
  }
  if (chunks.some((chunk) => chunk.startsWith(STATUS) && chunk !== HELD)) {
    return refuse(`Orders are found by the status \`${HELD}\` only: it finds those that wait for review.`);
  }
  const runs = runsOf(folded);
  const words = runs.length > 0 ? runs.map(wordOf) : chunks.map(signs);
  return accept([...new Map(words.map((word) => [word.text, word])).values()]);
}

function wordOf({ text: run, parts }: Run): Word {
  if (run === HELD) return { text: 'held', parts: [], joined: '', kinds: ['status'] };
  const text = orderIdIn(identifierText(run));
  return {
    text,
    parts: parts.map(termText).sort(byLength),
    joined: termText(parts.join('')),
    kinds: TERM_KINDS.filter((kind) => canBegin(kind, text)),
  };
}

const orderIdIn = (text: string): string => text.replace(ATTEMPT, '$1').replace(WALLET_NUMBER, '$1-$2-$3-$4-$5');

const signs = (chunk: string): Word => ({
  text: chunk,
  parts: [termText(chunk)],
  joined: termText(chunk),
  kinds: ['name'],
});

/** Whether `text` can be the beginning of a term of the kind. */
function canBegin(kind: TermKind, text: string): boolean {
  switch (kind) {
    case 'order':
      return /^[0-9a-f-]{1,36}$/.test(text) && text.length >= ORDER_ID_PREFIX;
    case 'email':
      return [...text].length >= 2;
    case 'payment':
    case 'tracking':
      return text.length >= SHORTEST_NUMBER && /^[!-?A-~]*\d[!-?A-~]*$/.test(text);
    case 'sku':
      return /^[a-z0-9._-]{2,64}$/.test(text);
    case 'name':
      return true;
    case 'status':
      return false;
  }
}

/** What the index is asked for to find the orders that have the word, in the order of results. */
export const lookupsOf = ({ text, parts, joined, kinds }: Word): readonly Term[] =>
  kinds.flatMap((kind) =>
    (kind === 'name' ? [...new Set([parts[0]!, joined])] : [text]).map((beginning) => ({ kind, text: beginning })),
  );

/**
 * The words by which the index is asked, the longest first. A single letter is in the index only where it stands for itself,
 * such as an initial: the index is asked for it only where the query has nothing else.
 */
export function askedWords(words: readonly Word[]): readonly Word[] {
  const sorted = [...words].sort((left, right) => byLength(left.text, right.text));
  const telling = sorted.filter(({ text, parts: [longest = text] }) => isTelling(longest));
  return telling.length > 0 ? telling.slice(0, MAX_ASKED) : sorted.slice(0, 1);
}

const isTelling = (text: string): boolean => [...text].length > 1 || isWrittenWithoutSpaces(text);
const byLength = (left: string, right: string): number => right.length - left.length || (left < right ? -1 : 1);

/** Whether the order with these terms has the word: an id, address or SKU that begins so, a number, or a name with all its parts. */
export function hasWord(terms: readonly Term[], word: Word): boolean {
  const begins = (text: string) => terms.some((term) => term.kind === 'name' && term.text.startsWith(text));
  return (
    lookupsOf(word).some((lookup) => lookup.kind !== 'name' && terms.some((term) => isFound(lookup, term))) ||
    (word.kinds.includes('name') && (word.parts.every(begins) || begins(word.joined)))
  );
}

const isFound = (lookup: Term, term: Term): boolean =>
  term.kind === lookup.kind && (isWhole(term.kind) ? term.text === lookup.text : term.text.startsWith(lookup.text));

/** The first, in the order of results, of the places in the index at which a word finds an order with these terms. */
export function bestMatch(terms: readonly Term[], word: Word): { lookup: number; text: string } | undefined {
  for (const [lookup, beginning] of lookupsOf(word).entries()) {
    const [text] = terms.flatMap((term) => (isFound(beginning, term) ? [term.text] : [])).sort(byText);
    if (text !== undefined) return { lookup, text };
  }
  return undefined;
}

const byText = (left: string, right: string): number => (left < right ? -1 : 1);
