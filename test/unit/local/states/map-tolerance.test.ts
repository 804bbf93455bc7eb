import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { Engine, task } from './engine.ts';

const failures = (bad: readonly number[]) =>
  new Engine({
    task: async (item) => {
      if (bad.includes(item as number)) throw new TaskFailure('Bad', `item ${JSON.stringify(item)}`);
      return item;
    },
  });
const each = (fields: JsonObject, processor: JsonObject = { Step: task() }): JsonObject => ({
  Each: {
    Type: 'Map',
    ItemProcessor: { StartAt: Object.keys(processor)[0]!, States: processor },
    End: true,
    ...fields,
  },
});
const exceeded = {
  status: 'FAILED',
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

describe('A Map that tolerates failures', () => {
  test.each<[JsonObject, readonly number[], boolean]>([
    [{ ToleratedFailureCount: 0 }, [], true],
    [{ ToleratedFailureCount: 0 }, [1], false],
    [{ ToleratedFailureCount: 2 }, [1, 4], true],
    [{ ToleratedFailureCount: 2 }, [1, 2, 4], false],
    [{ ToleratedFailureCount: '{% $count($states.input) - 2 %}' }, [1, 4], true],
    [{ ToleratedFailurePercentage: 50 }, [1, 4], true],
    [{ ToleratedFailurePercentage: 49.9 }, [1, 4], false],
    [{ ToleratedFailurePercentage: '{% 100 %}' }, [1, 2, 3, 4], true],
    [{ ToleratedFailureCount: 1, ToleratedFailurePercentage: 100 }, [1, 4], false],
    [{ ToleratedFailureCount: 4, ToleratedFailurePercentage: 25 }, [1, 4], false],
  ])('with %j and failures of %j of four items succeeds: %s', async (fields, bad, succeeds) => {
    const ended = await failures(bad).run(each(fields), [1, 2, 3, 4]);
    if (!succeeds) expect(ended).toEqual(exceeded);
    else expect(ended).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('has in its result what failed, in the place of the item', async () => {
    expect(await failures([2]).run(each({ ToleratedFailureCount: 1 }), [1, 2, 3])).toEqual({
      status: 'SUCCEEDED',
      output: [1, { Status: 'FAILED', Error: 'Bad', Cause: 'item 2' }, 3],
    });
  });

  test('begins no other item once too many have failed, and gives up those under way', async () => {
    const begun: Json[] = [];
    const engine = new Engine({
      task: async (item) => {
        begun.push(item);
        throw new TaskFailure('Bad', '');
      },
    });
    expect(await engine.run(each({ ToleratedFailureCount: 1, MaxConcurrency: 1 }), [1, 2, 3])).toEqual(exceeded);
    expect(begun).toEqual([1, 2]);
  });

  test('can be retried and caught for it', async () => {
    const engine = failures([1, 2, 3]);
    const ErrorEquals = ['States.ExceedToleratedFailureThreshold'];
    const fields = {
      ToleratedFailureCount: 2,
      Retry: [{ ErrorEquals, MaxAttempts: 1 }],
      Catch: [{ ErrorEquals, Next: 'Caught' }],
    };
    const { Each } = each(fields) as { readonly Each: JsonObject };
    expect(await engine.run({ Each, Caught: { Type: 'Pass', End: true } }, [1, 2, 3])).toMatchObject({
      output: { Error: exceeded.error, Cause: exceeded.cause },
    });
  });

  test('goes on after an item in which a Parallel state failed', async () => {
    const branch = (states: JsonObject) => ({ StartAt: Object.keys(states)[0]!, States: states });
    const Both = {
      Type: 'Parallel',
      Branches: [branch({ Work: task() }), branch({ Sleep: { Type: 'Wait', Seconds: 5, End: true } })],
      End: true,
    };
    const engine = failures([1]);
    const start = engine.clock.now();
    expect(await engine.run(each({ ToleratedFailureCount: 1, MaxConcurrency: 1 }, { Both }), [1, 2])).toMatchObject({
      output: [{ Status: 'FAILED', Error: 'Bad' }, [2, 2]],
    });
    expect(engine.secondsSince(start)).toBe(5);
  });

  test.each([
    ['{% "two" %}', 'States.QueryEvaluationError'],
    ['{% 1.5 %}', 'States.QueryEvaluationError'],
    ['{% -1 %}', 'States.Runtime'],
  ])('fails for the count %s with %s', async (ToleratedFailureCount, error) => {
    expect(await failures([]).run(each({ ToleratedFailureCount }), [1])).toMatchObject({ error });
  });

  test.each([
    ['{% "two" %}', 'States.QueryEvaluationError'],
    ['{% 100.1 %}', 'States.Runtime'],
    ['{% -1.1 %}', 'States.Runtime'],
  ])('fails for the percentage %s with %s', async (ToleratedFailurePercentage, error) => {
    expect(await failures([]).run(each({ ToleratedFailurePercentage }), [1])).toMatchObject({ error });
  });
});
