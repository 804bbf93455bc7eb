import { expect, test } from '@jest/globals';
import { type Catcher, readSagaFile, tasks } from '../support/saga-definition.ts';

const readme = readSagaFile('README.md');

/** The rows of the table whose first column is headed `step`, cell by cell. */
const table = readme
  .split('\n')
  .slice(readme.split('\n').findIndex((line) => line.startsWith('| step |')) + 2)
  .slice(0, tasks.size)
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));

const target = ({ Assign, Next }: Catcher): string => (typeof Assign?.['reason'] === 'string' ? `${Next} (${Assign['reason']})` : Next);

test('the README’s table of steps says what the definition does', () => {
  const checked = table.map(([step, , , ...rest]) => [step, ...rest]);
  expect(checked).toEqual(
    [...tasks].map(([step, state]) => [
      step,
      `${state.TimeoutSeconds} s`,
      (state.Retry[0]?.ErrorEquals ?? []).filter((name) => name !== 'States.Timeout').join(', '),
      [...new Set(state.Retry.map(({ MaxAttempts }) => MaxAttempts))].join(', '),
      state.Catch.slice(0, -1).map((catcher) => `${catcher.ErrorEquals.join(', ')} → ${target(catcher)}`).join(', ') || '–',
      state.Catch.slice(-1).map(target).join(),
    ]),
  );
});

test('the README’s diagram has every state and every transition of the definition', () => {
  const drawn = new Set([...readme.matchAll(/^ {2}(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} → ${to}`));
  const defined = [...tasks].flatMap(([name, { Next, Catch }]) => [...(Next ? [Next] : []), ...Catch.map((catcher) => catcher.Next)].map((next) => `${name} → ${next}`));
  expect(drawn).toEqual(new Set(defined));
});
