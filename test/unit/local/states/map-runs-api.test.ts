import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { distributed, runOf } from './distributed.ts';
import { Engine, MACHINE, task } from './engine.ts';

const sleep = { Sleep: { Type: 'Wait', Seconds: 10, End: true } };

async function underWay(fields: JsonObject = {}, items: number[] = [1, 2, 3, 4]) {
  const engine = new Engine();
  engine.define(distributed(sleep, fields));
  const arn = await engine.start(items);
  await engine.settle();
  const { mapRunArn } = await runOf(engine, arn);
  return { engine, arn, run: { mapRunArn: mapRunArn! } };
}

describe('A map run', () => {
  test('is described while it runs and when it has ended', async () => {
    const { engine, arn, run } = await underWay({ MaxConcurrency: 1, ToleratedFailurePercentage: 10 }, [1, 2]);
    const none = { aborted: 0, failed: 0, timedOut: 0, pendingRedrive: 0, failuresNotRedrivable: 0 };
    const counts = { ...none, pending: 1, running: 1, succeeded: 0, resultsWritten: 0, total: 2 };
    expect(await engine.call('DescribeMapRun', run)).toEqual({
      ...run,
      executionArn: arn,
      status: 'RUNNING',
      startDate: engine.clock.now() / 1_000,
      maxConcurrency: 1,
      toleratedFailureCount: 0,
      toleratedFailurePercentage: 10,
      executionCounts: counts,
      itemCounts: counts,
      redriveCount: 0,
    });
    await engine.finish(arn);
    expect(await engine.call('DescribeMapRun', run)).toMatchObject({
      status: 'SUCCEEDED',
      stopDate: engine.clock.now() / 1_000,
      itemCounts: { ...none, pending: 0, running: 0, succeeded: 2, resultsWritten: 2, total: 2 },
    });
  });

  test('is listed for its execution, with the machine of its executions', async () => {
    const { engine, arn, run } = await underWay();
    expect(await engine.call('ListMapRuns', { executionArn: arn })).toEqual({
      mapRuns: [
        { ...run, executionArn: arn, stateMachineArn: `${MACHINE}/Each`, startDate: engine.clock.now() / 1_000 },
      ],
    });
  });

  test('lists its executions page by page and by status', async () => {
    const { engine, run } = await underWay({ MaxConcurrency: 2 });
    engine.clock.advance(10_000);
    await engine.settle();
    const list = (fields: JsonObject) => engine.call('ListExecutions', { ...run, ...fields });
    expect((await list({ statusFilter: 'SUCCEEDED' })).executions).toHaveLength(2);
    const first = await list({ maxResults: 3 });
    const second = await list({ maxResults: 3, nextToken: first.nextToken! });
    expect(first.executions).toHaveLength(3);
    expect(second.executions).toHaveLength(1);
    expect(second.nextToken).toBeUndefined();
  });

  test('runs more at once when it is told to, from then on', async () => {
    const { engine, arn, run } = await underWay({ MaxConcurrency: 1 });
    const start = engine.clock.now();
    await engine.call('UpdateMapRun', { ...run, maxConcurrency: 4 });
    await engine.finish(arn);
    expect(engine.secondsSince(start)).toBe(10);
    expect(await engine.call('DescribeMapRun', run)).toMatchObject({ maxConcurrency: 4 });
  });

  test('tolerates more when it is told to', async () => {
    const { engine, arn, run } = await underWay({ ToleratedFailureCount: 0 });
    await engine.call('UpdateMapRun', { ...run, toleratedFailureCount: 1, toleratedFailurePercentage: 99.5 });
    const { executions } = await engine.call('ListExecutions', run);
    const [{ executionArn }] = executions as [{ readonly executionArn: string }];
    await engine.call('StopExecution', { executionArn });
    expect(await engine.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await engine.call('DescribeMapRun', run)).toMatchObject({
      toleratedFailureCount: 1,
      itemCounts: { aborted: 1 },
    });
  });

  test('ends with its execution', async () => {
    const { engine, arn, run } = await underWay();
    await engine.call('StopExecution', { executionArn: arn });
    expect(await engine.call('DescribeMapRun', run)).toMatchObject({ status: 'ABORTED', itemCounts: { aborted: 4 } });
    expect(engine.clock.advanceToNext()).toBe(false);
  });

  test.each<[JsonObject, string]>([
    [{ mapRunArn: MACHINE }, 'InvalidArn'],
    [{ mapRunArn: 'arn:aws:states:us-east-1:000000000000:mapRun:machine/Each:none' }, 'ResourceNotFound'],
  ])('is refused for %j', async (input, code) => {
    await expect(new Engine().call('DescribeMapRun', input)).rejects.toMatchObject({ code });
  });

  test.each<JsonObject>([{ maxConcurrency: -1 }, { toleratedFailureCount: 1.5 }, { toleratedFailurePercentage: 101 }])(
    'is not changed to %j',
    async (fields) => {
      const { engine, run } = await underWay();
      await expect(engine.call('UpdateMapRun', { ...run, ...fields })).rejects.toMatchObject({
        code: 'ValidationException',
      });
    },
  );

  test('is not changed after its end', async () => {
    const { engine, arn, run } = await underWay();
    await engine.finish(arn);
    await expect(engine.call('UpdateMapRun', run)).rejects.toMatchObject({ code: 'ValidationException' });
  });
});

describe('A definition with a Map is refused', () => {
  const refused = (fields: JsonObject, processor: JsonObject = {}, type: 'STANDARD' | 'EXPRESS' = 'STANDARD') => {
    const { Each } = distributed({ Step: task() }, fields);
    const state = { ...Each, ItemProcessor: { ...(Each.ItemProcessor as JsonObject), ...processor } };
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Each', States: { Each: state } });
    return () => new Engine().service.createStateMachine({ name: 'm', arn: MACHINE, roleArn: 'r', definition, type });
  };
  const getObject = { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b', Key: 'k' } };
  const reader = (ReaderConfig: JsonObject, fields: JsonObject = getObject) => ({
    ItemReader: { ...fields, ReaderConfig },
  });
  const INLINE = { ProcessorConfig: { Mode: 'INLINE' } };

  test.each<[JsonObject, string]>([
    [{ Label: '' }, 'Label'],
    [{ Label: 'x'.repeat(41) }, 'Label'],
    ...[...' ?*<>{}[]:;,\\|^~$#%&`"\u0007'].map((bad): [JsonObject, string] => [{ Label: `label_${bad}` }, 'Label']),
    [{ Items: [], ...reader({ InputType: 'JSON' }) }, 'both Items and ItemReader'],
    [{ ItemReader: getObject }, 'ReaderConfig, InputType'],
    [reader({ InputType: 'PARQUET' }), 'InputType'],
    [reader({ InputType: 'CSV' }), 'CSVHeaderLocation'],
    [reader({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN' }), 'CSVHeaders'],
    [reader({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', CSVHeaders: ['a'] }), 'CSVHeaders'],
    [reader({ InputType: 'JSONL', CSVDelimiter: 'TAB' }), 'CSVDelimiter'],
    [reader({ InputType: 'JSON', MaxItems: -1 }), 'MaxItems'],
    [reader({ InputType: 'JSON' }, { ...getObject, Resource: 'arn:aws:states:::s3:listObjectsV2' }), 'InputType'],
    [{ ItemReader: { Resource: 'arn:aws:states:::s3:getObject' } }, 'Arguments'],
    [{ ItemBatcher: {} }, 'ItemBatcher'],
    [{ ItemBatcher: { MaxItemsPerBatch: 0 } }, 'MaxItemsPerBatch'],
    [{ ResultWriter: {} }, 'ResultWriter'],
    [{ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject' } }, 'ResultWriter'],
    [{ ResultWriter: { WriterConfig: { OutputType: 'JSONL' } } }, 'OutputType'],
    [{ ResultWriter: { WriterConfig: { Transformation: 'GZIP' } } }, 'Transformation'],
    [{ ToleratedFailurePercentage: 100.1 }, 'ToleratedFailurePercentage'],
  ])('for %j', (fields, where) => {
    expect(refused(fields)).toThrow(where);
  });

  test('when what is for a distributed Map is in an inline one', () => {
    expect(refused({}, INLINE)).toThrow('Label');
    expect(refused({ Label: undefined! }, { ProcessorConfig: { ExecutionType: 'STANDARD' } })).toThrow('ExecutionType');
  });

  test('when its Mode is none, or the type of its executions is missing', () => {
    expect(refused({}, { ProcessorConfig: { Mode: 'BOTH' } })).toThrow('Mode');
    expect(refused({}, { ProcessorConfig: { Mode: 'DISTRIBUTED' } })).toThrow('ExecutionType');
  });

  test('when an EXPRESS machine has a distributed Map, or executions of type EXPRESS would wait for a token', () => {
    expect(refused({}, {}, 'EXPRESS')).toThrow('STANDARD');
    const waiting = task({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' });
    const processor = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } };
    expect(refused({}, { ...processor, States: { Step: waiting } })).toThrow('STANDARD');
  });
});
