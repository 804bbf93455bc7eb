import { describe, expect, test } from 'vitest';
import { type Catcher, SAGAS } from '../support/saga/definition.ts';
import { tableOf } from '../support/saga/order-saga.ts';

const DAY_SECONDS = 24 * 3600;

const target = ({ Assign, Next }: Catcher): string =>
  typeof Assign?.['reason'] === 'string' ? `${Next} (${Assign['reason']})` : Next;
const named = (catchers: readonly Catcher[]): string =>
  catchers.map((catcher) => `${catcher.ErrorEquals.join(', ')} → ${target(catcher)}`).join(', ') || '–';

describe.each(SAGAS)('The README of %s', (_, saga) => {
  test('has a table of steps that says what the definition does', () => {
    const isWait = ({ ErrorEquals, Next }: Catcher) =>
      saga.waits.includes(Next) && ErrorEquals.includes('States.Timeout');
    expect(tableOf(saga, 'step').map(([step, , , ...rest]) => [step, ...rest])).toEqual(
      saga.steps.map((step) => {
        const { TimeoutSeconds, Retry, Catch } = saga.task(step);
        return [
          step,
          `${TimeoutSeconds} s`,
          (Retry[0]?.ErrorEquals ?? []).join(', '),
          [...new Set(Retry.map(({ MaxAttempts }) => MaxAttempts))].join(', '),
          named(Catch.slice(0, -1).filter((catcher) => !isWait(catcher))),
          Catch.filter(isWait).map(target).join() || '–',
          Catch.slice(-1).map(target).join(),
        ];
      }),
    );
  });

  test('has a table of waits that says how long they last and how they end', () => {
    expect(tableOf(saga, 'wait').map(([wait, , ...rest]) => [wait, ...rest])).toEqual(
      saga.waits.map((wait) => {
        const { TimeoutSeconds, Catch, Next } = saga.task(wait);
        return [
          wait,
          Next,
          TimeoutSeconds === DAY_SECONDS ? 'a day' : `${Number(TimeoutSeconds) / DAY_SECONDS} days`,
          named(Catch),
        ];
      }),
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
