/** Finds card numbers that people paste where none belongs: what is never stored cannot leak. */

/** Digits of any script, with what people put between groups of them. */
const DIGITS = /\p{Nd}(?:[\s\p{Pd}\p{Cf}._]{0,3}\p{Nd})*/gu;
const GROUP = /\p{Nd}+/gu;
/** UUIDs and digests have long runs of digits by chance. */
const HEXADECIMAL_ID = /(?<![\da-f-])(?=[\d-]*[a-f])[\da-f-]{32,}/gi;
/** A number after a plus is one of a telephone. */
const TELEPHONE = /\+(?=\p{Nd})\p{Nd}+(?:[\s\p{Pd}]\p{Nd}+)*/gu;

/** ISO/IEC 7812-1: the whole number, with its check digit. */
const SHORTEST = 12;
const LONGEST = 19;
/** Lengths and first digits that networks of cards issue: American Express, Diners Club, and all with 16 to 19 digits. */
const ISSUED = /^(?:3[47]\d{13}|3[0689]\d{12}|[2-6]\d{15,18})$/;

/** Whether some digits of the text could be a card number: 12 to 19 of them, with the right check digit. */
export const hasDigitsOfCard = (text: string): boolean => candidatesIn(text).some(isLuhn);

/** The same for free text, where references of other kinds are usual: the digits are also such as a network issues. */
export const hasCardNumber = (text: string): boolean => candidatesIn(text.replace(TELEPHONE, ' + ')).some(isIssued);

/** The text with stars for the digits of card numbers. */
export const withoutCardNumbers = (text: string): string =>
  hasCardNumber(text)
    ? text.replace(DIGITS, (digits) => (hasCardNumber(digits) ? digits.replace(/\p{Nd}/gu, '*') : digits))
    : text;

/** Neighbouring groups of digits, joined in every way that has the length of a card number; in ASCII. */
function candidatesIn(text: string): string[] {
  return Array.from(text.replace(HEXADECIMAL_ID, ' x ').matchAll(DIGITS), ([run]) => run).flatMap((run) => {
    const groups = Array.from(run.matchAll(GROUP), ([group]) => inAscii(group));
    return groups.flatMap((_, first) =>
      groups
        .slice(first, first + LONGEST)
        .map((__, last) => groups.slice(first, first + last + 1).join(''))
        .filter(({ length }) => length >= SHORTEST && length <= LONGEST),
    );
  });
}

const isIssued = (digits: string): boolean => ISSUED.test(digits) && isLuhn(digits);

/** ISO/IEC 7812-1, annex B. */
function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const inAscii = (digits: string): string => digits.replace(/\P{ASCII}/gu, valueOf);

/** Unicode has the decimal digits of each script in a row, from zero to nine; some rows follow each other. */
function valueOf(digit: string): string {
  const code = digit.codePointAt(0)!;
  let start = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return String((code - start) % 10);
}
