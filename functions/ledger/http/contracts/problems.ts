import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import { BOOK_NOT_FOUND } from '../book-path.ts';
import * as problems from '../day-path.ts';

export const LEDGER_PROBLEMS: readonly DocumentedProblem[] = [
  { ...problems.DAY_NOT_FOUND, meaning: 'The text is no date. Days of the books are dates such as `2026-11-27`, UTC.' },
  {
    ...BOOK_NOT_FOUND,
    meaning:
      'No transfer of this id has a book: it quotes the reference of an order, or there is none. Money of an order is in the book of the order.',
  },
];
