/** What the fault test prints. */
import { isClean, type Outcome, type Result } from './outcome.ts';

const SHOWN = 10;

export const describeOutcome = (outcome: Outcome): string =>
  describeResult(outcome, `; ${outcome.callsWhileDown} calls to partners while they were away`);

/** @param more what else is to be said of the trouble */
export function describeResult(result: Result, more = ''): string {
  const { orders, ends, recoverySeconds, mostTransitions, restless, differences } = result;
  return [
    `  ${orders} orders: ${Object.entries(ends)
      .map(([end, count]) => `${count} ${end}`)
      .join('; ')}`,
    `  recovered ${recoverySeconds.toFixed(1)} s after the trouble${more}${
      mostTransitions === undefined ? '' : `; at most ${mostTransitions} transitions for one order`
    }`,
    ...listed('not at rest', restless),
    ...listed('lost', differences.lost),
    ...listed('parked over nothing', differences.parked),
    ...listed('books that do not agree', differences.books),
    isClean(result) ? '  ✓ nothing lost' : '  ✗ the trouble cost something',
  ].join('\n');
}

function listed(title: string, found: readonly string[]): string[] {
  if (found.length === 0) return [];
  const rest = found.length > SHOWN ? [`      … and ${found.length - SHOWN} more`] : [];
  return [`  ${found.length} ${title}:`, ...found.slice(0, SHOWN).map((one) => `      ${one}`), ...rest];
}

export function summary(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => [
    isClean(outcome) ? '✓' : '✗',
    outcome.case.name,
    outcome.orders,
    outcome.differences.lost.length,
    outcome.differences.parked.length,
    outcome.restless.length,
    outcome.differences.books.length,
    outcome.recoverySeconds.toFixed(1),
    outcome.callsWhileDown,
    outcome.mostTransitions ?? '',
  ]);
  const header = ['', 'case', 'orders', 'lost', 'parked', 'restless', 'books', 'recovery s', 'calls', 'transitions'];
  const table = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  const failed = outcomes.filter((outcome) => !isClean(outcome)).length;
  return ['', ...lines, '', `${outcomes.length - failed} passed, ${failed} failed`].join('\n');
}
