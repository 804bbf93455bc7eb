/** One form of a text for comparison. Stored terms and the words of a query both go through it. */

const APOSTROPHES = /[‘’‛ʼʻʹ′`]/gu;
const DASHES = /\p{Dash_Punctuation}/gu;
/**
 * Accents of Latin, Greek and Cyrillic letters, Hebrew points and Arabic vowels: what people leave out when they type. Marks
 * of other scripts (dakuten, matras) tell words apart, and stay.
 */
const ACCENTS =
  /[\u0300-\u036f]|[\u0591-\u05c7]|[\u0610-\u061a]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe20-\ufe2f]/gu;
/** Such as soft hyphens, zero-width joiners and marks of direction. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Format}]/gu;
/** Letters that Unicode does not decompose, and what people type for them. */
const PLAIN: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
};
const NOT_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

/** Text of which only the case can differ, such as every order id: ASCII, but for what is typed as an apostrophe. */
const SIMPLE = /^[ -_a-~]*$/;

/**
 * Text in one form whatever its case, width and accents, with one kind of apostrophe and of dash and without invisible marks.
 * Upper case between lower cases makes `ß`, `ẞ` and `ss` the same, and the four kinds of i that Turkish knows.
 */
export const foldText = (text: string): string => (SIMPLE.test(text) ? text.toLowerCase() : folded(text));

const folded = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFKD')
    .replace(APOSTROPHES, "'")
    .replace(DASHES, '-')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(INVISIBLE, '')
    .replace(NOT_PLAIN, (letter) => PLAIN[letter]!)
    .normalize('NFC');

/** Scripts without spaces between words: one of their characters carries as much meaning as a word. */
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;
export const isWrittenWithoutSpaces = (character = ''): boolean => WITHOUT_SPACES.test(character);

const PARTS = /[\p{L}\p{N}\p{M}]+/gu;

/** The parts of a folded text that are compared: letters and digits up to what is none, so that `o'neil` has two. */
export const partsOf = (folded: string): readonly string[] => folded.match(PARTS) ?? [];

/** The chunks of a folded text between white space. */
export const chunksOf = (folded: string): readonly string[] => folded.split(/\s+/u).filter(Boolean);

/** What is written as one word, or can be. */
export interface Run {
  readonly text: string;
  /** At least one. */
  readonly parts: readonly string[];
}

/**
 * The runs of a folded text: its chunks that have a letter or digit. Some people write initials, and scripts without spaces, as one
 * chunk and others as several: `j. r.` and `李 伟` are one run each.
 */
export function runsOf(folded: string): readonly Run[] {
  const runs: Run[] = [];
  for (const chunk of chunksOf(folded)) {
    const parts = partsOf(chunk);
    const last = runs.at(-1);
    if (parts.length === 0) continue;
    if (last && areOftenJoined(last.parts.at(-1)!, parts[0]!)) {
      runs[runs.length - 1] = { text: last.text + chunk, parts: [...last.parts, ...parts] };
    } else runs.push({ text: chunk, parts });
  }
  return runs;
}

const isInitial = (part: string): boolean => /^\p{L}$/u.test(part);

function areOftenJoined(left: string, right: string): boolean {
  const [before, after] = [[...left], [...right]];
  return (
    (isInitial(left) && isInitial(right)) || (isWrittenWithoutSpaces(before.at(-1)) && isWrittenWithoutSpaces(after[0]))
  );
}
