/**
 * Text that people write, as the API takes it. What cannot be seen, changes how other text is shown, or is no text at all is
 * refused; the rest gets one form. Stored text is older than this rule: only requests are checked.
 * See docs/decisions/0085-text-is-clean-at-the-edge.md.
 */
import * as z from 'zod';
import { hasCardNumber } from './card-number.ts';
import { faultOfCharacters, lengthOf } from './characters.ts';

/** A character that leaves something on paper. To Unicode, fillers of Hangul are letters and an empty Braille cell is a symbol. */
const VISIBLE = /[^\p{Z}\p{M}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Tabs and line breaks, which a text of several lines may have. */
const LAYOUT = /[\t\n\r]/g;

/** Problematic characters for patterns of the API document, which programs of many languages read: up to U+FFFF, and without surrogates. */
const PROBLEMATIC_RANGES = '\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u206f\\ufdd0-\\ufdef\\ufff9-\\uffff';
const PROBLEMATIC_IN_A_LINE = `\\u0000-\\u001f${PROBLEMATIC_RANGES}`;
const PROBLEMATIC_IN_LINES = `\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f${PROBLEMATIC_RANGES}`;
const BLANK =
  '\\t\\n\\r\\u0020\\u00a0\\u00ad\\u0300-\\u036f\\u115f\\u1160\\u1680\\u2000-\\u200f\\u202f\\u205f-\\u2065\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0';

/** A text of one line, with at most `max` characters. */
export const singleLine = (max: number) => textOf(max, (value) => value, PROBLEMATIC_IN_A_LINE);

/** A text that may have several lines, with at most `max` characters. */
export const multiLine = (max: number) => textOf(max, (value) => value.replace(LAYOUT, ' '), PROBLEMATIC_IN_LINES);

/** A check for a text that is taken as it is, such as an id. */
export function cleanCharacters({ value, issues }: z.core.ParsePayload<string>): void {
  report(issues, value, faultOfCharacters(value));
}

/** White space around a text does not count, and the same text in two forms of Unicode is the same. */
const textOf = (max: number, withoutLayout: (value: string) => string, problematic: string) =>
  z
    .string()
    .check(({ value, issues }) => report(issues, value, faultOf(withoutLayout(value), max)))
    .overwrite((value) => value.trim().normalize('NFC').replaceAll(/\r\n?/g, '\n'))
    .meta({ minLength: 1, maxLength: max, pattern: `^[^${problematic}]*[^${problematic}${BLANK}][^${problematic}]*$` });

function faultOf(text: string, max: number): string | undefined {
  const length = lengthOf(text);
  if (length > max) return `It has ${length} characters; at most ${max} are taken.`;
  if (hasCardNumber(text)) return 'It has the digits of a card number; write at most the last four of them.';
  return faultOfCharacters(text) ?? (VISIBLE.test(text) ? undefined : 'It has nothing that can be seen.');
}

function report(issues: z.core.$ZodRawIssue[], input: string, message: string | undefined): void {
  if (message !== undefined) issues.push({ code: 'custom', message, input });
}
