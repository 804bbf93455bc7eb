export type Cell = string | number | boolean;

/** Formulas of spreadsheets begin with these: a text that does gets an apostrophe, so that it is never carried out. */
const FORMULA = /^[=+\-@\t\r]/;

/** A text as RFC 4180 writes it: quoted where it has to be, and harmless in a spreadsheet. */
function csvCell(value: Cell): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The rows as CSV (RFC 4180), with a mark of UTF-8, which spreadsheets need for other than Latin letters. */
export const csvOf = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `\ufeff${[header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
