import { describe, expect, test } from '@jest/globals';
import { type Catcher, SAGAS } from '../support/saga/definition.ts';
import { tableOfSteps } from '../support/saga/order-saga.ts';

const target = ({ Assign, Next }: Catcher): string =>
  typeof Assign?.['reason'] === 'string' ? `${Next} (${Assign['reason']})` : Next;

describe.each(SAGAS)('The README of %s', (_, saga) => {
  test('has a table of steps that says what the definition does', () => {
    const checked = tableOfSteps(saga).map(([step, , , ...rest]) => [step, ...rest]);
    expect(checked).toEqual(
      [...saga.tasks].map(([step, state]) => [
        step,
        `${state.TimeoutSeconds} s`,
        (state.Retry[0]?.ErrorEquals ?? []).filter((name) => name !== 'States.Timeout').join(', '),
        [...new Set(state.Retry.map(({ MaxAttempts }) => MaxAttempts))].join(', '),
        state.Catch.slice(0, -1)
          .map((catcher) => `${catcher.ErrorEquals.join(', ')} → ${target(catcher)}`)
          .join(', ') || '–',
        state.Catch.slice(-1).map(target).join(),
      ]),
    );
  });

  test('has a diagram with every state and every transition of the definition', () => {
    const drawn = new Set(
      [...saga.readFile('README.md').matchAll(/^ {2}(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} → ${to}`),
    );
    const defined = [...saga.tasks].flatMap(([name, { Next, Catch }]) =>
      [...(Next ? [Next] : []), ...Catch.map((catcher) => catcher.Next)].map((next) => `${name} → ${next}`),
    );
    expect(drawn).toEqual(new Set(defined));
  });
});
