/** What the matrix prints, and its report. */
import { RULES, type RuleName } from './cases.ts';
import { FAULT_NAMES, FAULTS } from './faults.ts';
import { nameOf, PLACES } from './places.ts';
import type { GroupOutcome, Tried } from './run-group.ts';

const SHOWN = 40;

export const failuresIn = (outcomes: readonly GroupOutcome[]): Tried[] =>
  outcomes.flatMap(({ tried }) => tried.filter(({ problems }) => problems.length > 0));

export const progressOf = ({ group, tried }: GroupOutcome): string => {
  const failed = tried.filter(({ problems }) => problems.length > 0).length;
  return `${failed === 0 ? '✓' : '✗'} ${group}: ${tried.length} cases${failed === 0 ? '' : `, ${failed} failed`}`;
};

export function describeFailures(outcomes: readonly GroupOutcome[]): string[] {
  const failures = failuresIn(outcomes);
  const told = failures
    .slice(0, SHOWN)
    .map(({ id, problems, events }) =>
      [`✗ ${id}`, ...problems.map((problem) => `    ${problem}`), `    events: ${events.join(' ')}`].join('\n'),
    );
  return failures.length > SHOWN ? [...told, `… and ${failures.length - SHOWN} more: ${moreOf(failures)}`] : told;
}

const moreOf = (failures: readonly Tried[]): string =>
  failures
    .slice(SHOWN)
    .map(({ id }) => id)
    .join(' ');

interface Sums {
  readonly mutants: number;
  /** Those that no case has found. */
  readonly missed: number;
  readonly seconds: number;
}

export function totals(outcomes: readonly GroupOutcome[], { mutants, missed, seconds }: Sums): string {
  const all = outcomes.reduce((sum, { tried }) => sum + tried.length, 0) + mutants;
  const failed = failuresIn(outcomes).length + missed;
  const excluded = [...excludedIn(outcomes)].map(([rule, count]) => `${count} ${rule}`).join(', ');
  return [
    `${all - mutants} cases and ${mutants} mutants in ${Math.round(seconds)} s; impossible: ${excluded || 'none'}`,
    `${all - failed} passed, ${failed} failed`,
  ].join('\n');
}

function excludedIn(outcomes: readonly GroupOutcome[]): Map<RuleName, number> {
  const counts = new Map<RuleName, number>();
  for (const { impossible } of outcomes) {
    for (const [rule, count] of Object.entries(impossible) as [RuleName, number][]) {
      counts.set(rule, (counts.get(rule) ?? 0) + count);
    }
  }
  return counts;
}

/** In Markdown: how many cases there are of each Task and fault, and why the others cannot be. */
export function reportOf(outcomes: readonly GroupOutcome[]): string {
  const cell = (place: (typeof PLACES)[number], fault: string): string => {
    const cases = outcomes
      .filter(({ saga }) => saga === place.saga.name)
      .flatMap(({ tried }) => tried.filter((one) => one.place === place.state && one.fault === fault));
    const failed = cases.filter(({ problems }) => problems.length > 0).length;
    return failed === 0 ? String(cases.length) : `${cases.length}, ${failed} failed`;
  };
  return [
    '# Fault matrix: what was tried',
    '',
    `| Task | ${FAULT_NAMES.join(' | ')} |`,
    `|---|${FAULT_NAMES.map(() => '---:|').join('')}`,
    ...PLACES.map((place) => `| ${nameOf(place)} | ${FAULT_NAMES.map((fault) => cell(place, fault)).join(' | ')} |`),
    '',
    ...FAULT_NAMES.map((fault) => `- \`${fault}\`: the Task ${FAULTS[fault].title}.`),
    '',
    '| situation and method | cases | impossible |',
    '|---|---:|---|',
    ...outcomes.map(({ group, tried, impossible }) => {
      const why = Object.entries(impossible).map(([rule, count]) => `${count} ${rule}`);
      return `| ${group} | ${tried.length} | ${why.join(', ')} |`;
    }),
    '',
    ...Object.entries(RULES).map(([rule, why]) => `- \`${rule}\`: ${why}`),
    '',
  ].join('\n');
}
