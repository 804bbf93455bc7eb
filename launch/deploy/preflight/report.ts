import type { Finding } from './checks.ts';

const SIGNS = { good: '✓', warning: '!', wrong: '✗' } as const;

/** The findings for a person, a line each, and what to do where something is to be done. */
export const reportOf = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap(({ subject, verdict, got, expected, remedy }) => [
    `${SIGNS[verdict]} ${subject}: ${got}${verdict === 'good' ? '' : `; expected ${expected}`}`,
    ...(remedy === undefined ? [] : [`    ${remedy}`]),
  ]);
