import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { batchesOf } from '../../../../local/states/map-runs/batches.ts';
import { distributed, runOf } from './distributed.ts';
import { Engine, MACHINE, task } from './engine.ts';

const same = { Same: { Type: 'Pass', End: true } };
const RESOURCE = 'arn:aws:states:::s3:putObject';

describe('ItemBatcher', () => {
  test('gives each execution several items, and what BatchInput says', async () => {
    const engine = new Engine();
    const ItemBatcher = { MaxItemsPerBatch: '{% 2 %}', BatchInput: { day: '{% $states.input.day %}' } };
    engine.define(distributed(same, { Items: '{% $states.input.list %}', ItemBatcher }));
    const arn = await engine.start({ day: 'Monday', list: [1, 2, 3] });
    expect(await engine.ended(arn)).toMatchObject({
      output: [
        { BatchInput: { day: 'Monday' }, Items: [1, 2] },
        { BatchInput: { day: 'Monday' }, Items: [3] },
      ],
    });
    expect(await runOf(engine, arn)).toMatchObject({
      executionCounts: { succeeded: 2, total: 2 },
      itemCounts: { succeeded: 3, total: 3 },
    });
  });

  test('counts the items of a batch that failed as failed', async () => {
    const engine = new Engine({
      task: async (args) => {
        if (((args as JsonObject).Items as Json[]).includes(1)) throw new TaskFailure('Bad', '');
        return args;
      },
    });
    const fields = { ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 1 };
    expect(await engine.run(distributed({ Step: task() }, fields), [1, 2, 3])).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });

  test.each<[string, Parameters<typeof batchesOf>[1], string[]]>([
    ['items', { items: 2, bytes: undefined, input: undefined }, ['{"Items":["é",22]}', '{"Items":[333]}']],
    ['bytes', { items: undefined, bytes: 19, input: undefined }, ['{"Items":["é",22]}', '{"Items":[333]}']],
    ['fewer bytes', { items: undefined, bytes: 18, input: undefined }, ['{"Items":["é"]}', '{"Items":[22,333]}']],
  ])('closes a batch for its number of %s', (_what, limits, inputs) => {
    expect(batchesOf(['é', 22, 333], limits).map(({ input }) => input)).toEqual(inputs);
  });

  test('lets no input grow beyond 256 KiB', () => {
    const items = Array.from({ length: 3 }, () => 'x'.repeat(100_000));
    const batches = batchesOf(items, { items: 10, bytes: undefined, input: undefined });
    expect(batches.map((batch) => batch.items)).toEqual([2, 1]);
  });
});

describe('ResultWriter', () => {
  const failsFor = (bad: Json) =>
    new Engine({
      task: async (item) => {
        if (item === bad) throw new TaskFailure('Bad', 'why');
        return [item, item];
      },
    });
  const writing = (ResultWriter: JsonObject, fields: JsonObject = {}) =>
    distributed({ Step: task() }, { ResultWriter, ...fields });
  const read = (engine: Engine, key: string) => engine.s3.getObject('bucket', key).content;

  test('writes a file for each kind of result, and a manifest, to whose place the state leads', async () => {
    const engine = failsFor(2);
    const Arguments = { Bucket: 'bucket', Prefix: '{% $states.input.prefix %}' };
    const fields = { Items: [1, 2], ToleratedFailureCount: 1 };
    engine.define(writing({ Resource: RESOURCE, Arguments }, fields));
    const arn = await engine.start({ prefix: 'jobs/' });
    const { output } = await engine.ended(arn);
    const { mapRunArn } = await runOf(engine, arn);
    const folder = `jobs/${(mapRunArn as string).split(':').at(-1)}`;
    expect(output).toEqual({
      MapRunArn: mapRunArn,
      ResultWriterDetails: { Bucket: 'bucket', Key: `${folder}/manifest.json` },
    });
    const succeeded = read(engine, `${folder}/SUCCEEDED_0.json`);
    expect(JSON.parse(succeeded)).toMatchObject([
      { Input: '1', Output: '[1,1]', Status: 'SUCCEEDED', StateMachineArn: `${MACHINE}/Each` },
    ]);
    expect(JSON.parse(read(engine, `${folder}/FAILED_0.json`))).toMatchObject([
      { Input: '2', Error: 'Bad', Cause: 'why', Status: 'FAILED', InputDetails: { Included: true } },
    ]);
    expect(JSON.parse(read(engine, `${folder}/manifest.json`))).toMatchObject({
      DestinationBucket: 'bucket',
      MapRunArn: mapRunArn,
      ResultFiles: {
        SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: Buffer.byteLength(succeeded) }],
        FAILED: [{ Key: `${folder}/FAILED_0.json` }],
        PENDING: [],
      },
    });
  });

  test('writes what a run that failed had, too, and what it did not begin', async () => {
    const engine = failsFor(1);
    engine.define(writing({ Resource: RESOURCE, Arguments: { Bucket: 'bucket' } }, { MaxConcurrency: 1 }));
    const arn = await engine.start([1, 2]);
    expect(await engine.ended(arn)).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
    const { mapRunArn } = await runOf(engine, arn);
    const pending = read(engine, `${(mapRunArn as string).split(':').at(-1)}/PENDING_0.json`);
    expect(JSON.parse(pending)).toMatchObject([{ Input: '2', Status: 'PENDING' }]);
  });

  test.each<[JsonObject, string]>([
    [{ Transformation: 'COMPACT' }, '[[1,1],[2,2]]'],
    [{ Transformation: 'FLATTEN' }, '[1,1,2,2]'],
    [{ Transformation: 'COMPACT', OutputType: 'JSONL' }, '[1,1]\n[2,2]\n'],
  ])('transforms results as %j says', async (WriterConfig, content) => {
    const engine = failsFor(3);
    await engine.run(writing({ Resource: RESOURCE, Arguments: { Bucket: 'bucket' }, WriterConfig }), [1, 2]);
    const file = engine.s3.listObjects('bucket', '').find(({ key }) => key.includes('SUCCEEDED_0.json'));
    expect(read(engine, file!.key)).toBe(content);
  });

  test('without a place transforms the result of the state', async () => {
    const flat = writing({ WriterConfig: { Transformation: 'FLATTEN' } });
    expect(await failsFor(3).run(flat, [1, 2])).toMatchObject({ output: [1, 1, 2, 2] });
    const whole = writing({ WriterConfig: { Transformation: 'NONE' } });
    expect(await failsFor(3).run(whole, [1])).toMatchObject({ output: [{ Output: '[1,1]', Status: 'SUCCEEDED' }] });
  });

  test('fails the state when it cannot write', async () => {
    const states = writing({ Resource: RESOURCE, Arguments: { Bucket: 'nowhere' } });
    expect(await failsFor(3).run(states, [1])).toMatchObject({
      error: 'States.ResultWriterFailed',
      cause: 'The specified bucket does not exist',
    });
  });
});
