import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import type { TaskIntegration } from '../../../../local/states/integration.ts';
import { Engine, StoreFile, task } from './engine.ts';

let file: StoreFile;
beforeEach(() => {
  file = new StoreFile();
});
afterEach(() => file.remove());

const step = (name: string, fields: JsonObject): JsonObject => task({ Arguments: name, ...fields });

/** Something of everything: a retry, a wait, branches, items, variables and a catch. */
const journey: JsonObject = {
  First: step('first', {
    Assign: { first: '{% $states.result %}' },
    Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 4 }],
    Next: 'Sleep',
  }),
  Sleep: { Type: 'Wait', Seconds: 30, Next: 'Both' },
  Both: {
    Type: 'Parallel',
    Assign: { both: '{% $states.result %}' },
    Next: 'Each',
    Branches: [
      { StartAt: 'Left', States: { Left: step('left', { End: true }) } },
      { StartAt: 'Right', States: { Right: { Type: 'Wait', Seconds: 5, End: true } } },
    ],
  },
  Each: {
    Type: 'Map',
    Items: [1, 2],
    Assign: { each: '{% $states.result %}' },
    Next: 'Choose',
    ItemProcessor: {
      StartAt: 'Item',
      States: { Item: task({ Arguments: "{% 'item' & $states.input %}", End: true }) },
    },
  },
  Choose: { Type: 'Choice', Choices: [{ Condition: "{% $first = 'first' %}", Next: 'Refused' }], Default: 'Lost' },
  Lost: { Type: 'Fail', Error: 'VariablesLost' },
  Refused: step('refused', {
    Catch: [{ ErrorEquals: ['Refused'], Assign: { why: '{% $states.errorOutput.Error %}' }, Next: 'Tell' }],
    Next: 'Tell',
  }),
  Tell: {
    Type: 'Pass',
    Output: { first: '{% $first %}', both: '{% $both[0] %}', each: '{% $each %}', why: '{% $why %}' },
    End: true,
  },
};
const journeysEnd = {
  status: 'SUCCEEDED',
  output: { first: 'first', both: 'left', each: ['item1', 'item2'], why: 'Refused' },
};

/** The steps of the journey; `first` is busy until it was called twice. */
function steps(calls: string[]): TaskIntegration {
  return async (name) => {
    calls.push(name as string);
    if (name === 'first' && calls.filter((call) => call === 'first').length === 1) throw new TaskFailure('Busy', '');
    if (name === 'refused') throw new TaskFailure('Refused', '');
    return name;
  };
}

describe('an execution whose engine is killed', () => {
  test('after any of its commits ends as if nothing had happened, repeating at most the step in flight', async () => {
    const unhurt: string[] = [];
    const whole = new Engine({ task: steps(unhurt), store: file.open() });
    expect(await whole.run(journey)).toEqual(journeysEnd);

    let killed = 0;
    for (let commits = 1; ; commits += 1) {
      const life = new StoreFile();
      try {
        const calls: string[] = [];
        const first = new Engine({ task: steps(calls), store: life.open(commits) });
        first.define(journey);
        const arn = await first.start({}, { name: 'journey' });
        const ended = await first.ended(arn).catch(() => undefined);
        if (ended) {
          expect(ended).toEqual(journeysEnd);
          break;
        }
        killed += 1;
        const second = new Engine({ task: steps(calls), store: life.open(), clock: first.clock });
        second.service.resume();
        expect(await second.ended(arn)).toEqual(journeysEnd);
        for (const name of new Set(unhurt)) {
          const extra = calls.filter((call) => call === name).length - unhurt.filter((call) => call === name).length;
          expect([name, extra === 0 || extra === 1]).toEqual([name, true]);
        }
        const history = await second.history(arn);
        expect(history.map(({ id }) => id)).toEqual(history.map((_, index) => index + 1));
        expect(history.every(({ id, previousEventId }) => previousEventId < id)).toBe(true);
      } finally {
        life.remove();
      }
    }
    // A start, and at least one commit for each call and each wait.
    expect(killed).toBeGreaterThan(unhurt.length + 2);
  });
});
