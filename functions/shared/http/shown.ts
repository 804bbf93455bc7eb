import { withoutCardNumbers } from './card-number.ts';
import { escaped } from './characters.ts';

/** Longer than what our own words come to. */
const LONGEST = 4_000;

/** Text of a request as an answer may repeat it: without card numbers, and with numbers for characters that no text has. */
export function shown(text: string): string {
  const safe = escaped(withoutCardNumbers(text.slice(0, LONGEST + 1)));
  return text.length > LONGEST ? `${safe.slice(0, LONGEST)}…` : safe;
}
