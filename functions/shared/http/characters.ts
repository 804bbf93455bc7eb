/** Problematic code points (RFC 9839), which no text has, and how to name one without repeating it. */

/** By the Unicode Standard's names. RFC 9839 says why of most of them. */
const PROBLEMATIC: readonly (readonly [kind: string, characters: RegExp])[] = [
  ['a line break', /[\n\r\u2028\u2029]/u],
  ['a control character', /\p{Cc}/u],
  ['a bidirectional control', /[\u202a-\u202e\u2066-\u2069]/u],
  ['a deprecated format character', /[\u206a-\u206f]/u],
  ['an annotation character', /[\ufff9-\ufffb]/u],
  ['a replacement character', /[\ufffc\ufffd]/u],
  ['a lone surrogate', /\p{Cs}/u],
  ['a noncharacter', /\p{Noncharacter_Code_Point}/u],
  ['a tag character', /[\u{e0000}-\u{e007f}]/u],
];
const ANY_PROBLEMATIC = new RegExp(PROBLEMATIC.map(([, { source }]) => source).join('|'), 'gu');

/** The first kind of character in the text that no text has, and its place; undefined when there is none. */
export function faultOfCharacters(text: string): string | undefined {
  for (const [kind, characters] of PROBLEMATIC) {
    const found = characters.exec(text);
    if (found) {
      const place = lengthOf(text.slice(0, found.index)) + 1;
      return `Character ${place} is U+${codeOf(found[0])}, ${kind}; expected text without it.`;
    }
  }
  return undefined;
}

/** The text with a number, such as `\u202E`, for each character that no text has. */
export const escaped = (text: string): string =>
  text.replace(ANY_PROBLEMATIC, (character) => {
    const code = codeOf(character);
    return code.length === 4 ? `\\u${code}` : `\\u{${code}}`;
  });

/** In code points, as JSON Schema counts. */
export const lengthOf = (text: string): number => [...text].length;

const codeOf = (character: string): string => character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
