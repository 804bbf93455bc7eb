import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../day-path.ts';

export const LEDGER_PROBLEMS: readonly DocumentedProblem[] = [
  { ...problems.DAY_NOT_FOUND, meaning: 'The text is no date. Days of the books are dates such as `2026-11-27`, UTC.' },
];
