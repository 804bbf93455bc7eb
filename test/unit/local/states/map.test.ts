import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { Engine, task } from './engine.ts';

const branch = (states: JsonObject): JsonObject => ({ StartAt: Object.keys(states)[0]!, States: states });
const pass = (Output: Json): JsonObject => ({ Type: 'Pass', Output, End: true });
const wait = (Seconds: number | string): JsonObject => ({ Type: 'Wait', Seconds, End: true });

describe('Map', () => {
  const each = (processor: JsonObject, fields: JsonObject = {}) => ({
    Each: { Type: 'Map', ItemProcessor: branch(processor), End: true, ...fields },
  });

  test('processes each item of its input, and keeps their order', async () => {
    const states = each({
      Sleep: { Type: 'Wait', Seconds: '{% $states.input %}', Next: 'Double' },
      Double: pass('{% $states.input * 2 %}'),
    });
    expect(await new Engine().run(states, [3, 1, 2])).toEqual({ status: 'SUCCEEDED', output: [6, 2, 4] });
  });

  test('takes Items from an expression and shapes each with ItemSelector, which sees the item and its index', async () => {
    const states = each(
      { Tell: pass('{% $states.input %}') },
      {
        Items: '{% $states.input.list %}',
        ItemSelector: {
          at: '{% $states.context.Map.Item.Index %}',
          item: '{% $states.context.Map.Item.Value %}',
          all: '{% $count($states.input.list) %}',
        },
      },
    );
    expect(await new Engine().run(states, { list: ['a', 'b'] })).toMatchObject({
      output: [
        { at: 0, item: 'a', all: 2 },
        { at: 1, item: 'b', all: 2 },
      ],
    });
  });

  test('shows the item and its index inside, also within a state there, and nothing of it afterwards', async () => {
    const tell = pass('{% $states.context.Map.Item.Value & $states.context.Map.Item.Index %}');
    const Each = {
      Type: 'Map',
      ItemProcessor: branch({ Both: { Type: 'Parallel', Branches: [branch({ Tell: tell })], End: true } }),
      Next: 'After',
    };
    expect(
      await new Engine().run({ Each, After: pass(['{% $states.input %}', '{% $exists($states.context.Map) %}']) }, [
        'a',
        'b',
      ]),
    ).toMatchObject({ output: [[['a0'], ['b1']], false] });
  });

  test.each([
    [1, 30],
    [2, 20],
    [0, 10],
    ['{% 3 %}', 10],
  ])('with MaxConcurrency %j takes three items of 10 seconds in %i', async (MaxConcurrency, seconds) => {
    const engine = new Engine();
    const start = engine.clock.now();
    await engine.run(each({ Sleep: wait(10) }, { MaxConcurrency }), [1, 2, 3]);
    expect(engine.secondsSince(start)).toBe(seconds);
  });

  test('gives an empty list for no items', async () => {
    expect(await new Engine().run(each({ Tell: pass(1) }), [])).toEqual({ status: 'SUCCEEDED', output: [] });
  });

  test('fails with the first item that fails and begins no other', async () => {
    const begun: Json[] = [];
    const engine = new Engine({
      task: async (item) => {
        begun.push(item);
        if (item === 2) throw new TaskFailure('Bad', 'item 2');
        return item;
      },
    });
    engine.define(each({ Step: task() }, { MaxConcurrency: 1 }));
    const arn = await engine.start([1, 2, 3]);
    expect(await engine.ended(arn)).toEqual({ status: 'FAILED', error: 'Bad', cause: 'item 2' });
    expect(begun).toEqual([1, 2]);
    const types = await engine.historyTypes(arn);
    expect(types.filter((type) => type.startsWith('MapIteration'))).toEqual([
      'MapIterationStarted',
      'MapIterationSucceeded',
      'MapIterationStarted',
      'MapIterationFailed',
    ]);
    expect(types.slice(-2)).toEqual(['MapStateFailed', 'ExecutionFailed']);
  });

  test('gives up the other items when one fails', async () => {
    const engine = new Engine();
    const start = engine.clock.now();
    const states = each({
      Sleep: { Type: 'Wait', Seconds: '{% $states.input %}', Next: 'Bad' },
      Bad: { Type: 'Fail', Error: 'Bad' },
    });
    expect(await engine.run(states, [3_600, 1])).toEqual({ status: 'FAILED', error: 'Bad' });
    expect(engine.secondsSince(start)).toBe(1);
    expect(engine.clock.advanceToNext()).toBe(false);
  });

  test('goes on in the history after its last item', async () => {
    const engine = new Engine();
    engine.define(each({ Tell: pass(1) }, { MaxConcurrency: 1 }));
    const arn = await engine.start([1]);
    await engine.finish(arn);
    expect((await engine.history(arn)).map(({ previousEventId, type }) => [previousEventId, type])).toEqual([
      [0, 'ExecutionStarted'],
      [0, 'MapStateEntered'],
      [2, 'MapStateStarted'],
      [3, 'MapIterationStarted'],
      [4, 'PassStateEntered'],
      [5, 'PassStateExited'],
      [6, 'MapIterationSucceeded'],
      [7, 'MapStateSucceeded'],
      [7, 'MapStateExited'],
      [9, 'ExecutionSucceeded'],
    ]);
  });

  test('fails as States.DataLimitExceeded when its results are too large together, even when its Output is small', async () => {
    const states = each({ Tell: pass("{% $pad('', 100000, 'x') %}") }, { Output: 'small' });
    expect(await new Engine().run(states, [1, 2])).toMatchObject({ status: 'SUCCEEDED' });
    expect(await new Engine().run(states, [1, 2, 3])).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
    });
  });

  test.each([
    ['items that are no list', {}, { no: 'list' }],
    ['a negative MaxConcurrency', { MaxConcurrency: '{% -1 %}' }, [1]],
  ])('fails for %s', async (_what, fields, input) => {
    expect(await new Engine().run(each({ Tell: pass(1) }, fields), input)).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });

  test('bills the state and every state of every item', async () => {
    const engine = new Engine();
    await engine.run(each({ Tell: pass(1) }), [1, 2, 3]);
    expect(engine.context.meter.of('states.transitions', 'machine')).toBe(4);
  });
});
