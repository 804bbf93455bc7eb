import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { AwsError } from '../../../../local/contracts.ts';
import { distributed, runOf } from './distributed.ts';
import { Engine, failingFor, StoreFile, task } from './engine.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const states = { Work: task({ Assign: { worked: '{% $states.result %}' }, Next: 'Rest' }), Rest: task() };

async function redrive(engine: Engine, executionArn: string): Promise<void> {
  await engine.finish(executionArn);
  await engine.call('RedriveExecution', { executionArn });
}

async function children(engine: Engine, executionArn: string): Promise<JsonObject[]> {
  const { mapRunArn } = await runOf(engine, executionArn);
  const { executions } = await engine.call('ListExecutions', { mapRunArn: mapRunArn! });
  return Promise.all(
    (executions as JsonObject[]).map((child) =>
      engine.call('DescribeExecution', { executionArn: child.executionArn! }),
    ),
  );
}

describe('A redrive of a distributed Map', () => {
  test('redrives its map run: executions that did not succeed go on, the others keep their results', async () => {
    const { calls, task: work } = failingFor({ b: 1 });
    const engine = new Engine({ task: work });
    engine.define(distributed(states, { MaxConcurrency: 1 }));
    const arn = await engine.start(['a', 'b', 'c']);
    await engine.finish(arn);
    const failed = await runOf(engine, arn);
    expect(failed).toMatchObject({ status: 'FAILED', redriveCount: 0 });
    expect(failed).not.toHaveProperty('redriveDate');
    expect((await children(engine, arn)).map(({ redriveStatus }) => redriveStatus)).toEqual([
      'NOT_REDRIVABLE',
      'REDRIVABLE_BY_MAP_RUN',
    ]);
    engine.clock.advance(1_000);
    const redriveDate = engine.clock.now() / 1_000;
    await redrive(engine, arn);
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: ['a', 'b', 'c'] });
    expect(calls).toEqual(['a', 'a', 'b', 'b', 'b', 'c', 'c']);
    expect(await runOf(engine, arn)).toMatchObject({
      mapRunArn: failed.mapRunArn,
      status: 'SUCCEEDED',
      redriveCount: 1,
      redriveDate,
      executionCounts: { succeeded: 3, failed: 0, pendingRedrive: 0, failuresNotRedrivable: 0, total: 3 },
    });
    expect((await children(engine, arn)).map(({ redriveCount }) => redriveCount)).toEqual([0, 1, 0]);
  });

  test('shows in the history which run it goes on with', async () => {
    const engine = new Engine({ task: failingFor({ a: 2 }).task });
    engine.define(distributed(states));
    const arn = await engine.start(['a']);
    await redrive(engine, arn);
    await redrive(engine, arn);
    await engine.finish(arn);
    const events = await engine.history(arn);
    const { mapRunArn } = await runOf(engine, arn);
    expect(events.filter(({ type }) => type === 'MapRunRedriven')).toMatchObject(
      [1, 2].map((redriveCount) => ({ mapRunRedrivenEventDetails: { mapRunArn, redriveCount } })),
    );
    const last = events.slice(events.findLastIndex(({ type }) => type === 'ExecutionRedriven'));
    expect(
      last.map(({ id, previousEventId, type }) => `${previousEventId - last[0]!.id} ${id - last[0]!.id} ${type}`),
    ).toEqual([
      '-1 0 ExecutionRedriven',
      '0 1 MapRunRedriven',
      '1 2 MapRunSucceeded',
      '2 3 MapStateSucceeded',
      '1 4 MapStateExited',
      '4 5 ExecutionSucceeded',
    ]);
  });

  test('starts executions of type EXPRESS from their beginning, under the same ARN', async () => {
    const { calls, task: work } = failingFor({ b: 2 });
    const engine = new Engine({ task: work });
    const first = { First: task({ Arguments: 'first', Output: '{% $states.input %}', Next: 'Work' }), ...states };
    engine.define(distributed(first, {}, 'EXPRESS'));
    const arn = await engine.start(['b']);
    await engine.finish(arn);
    const [before] = await children(engine, arn);
    expect(before).toMatchObject({ redriveStatus: 'REDRIVABLE_BY_MAP_RUN' });
    await redrive(engine, arn);
    await redrive(engine, arn);
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: ['b'] });
    expect(calls).toEqual(['first', 'b', 'first', 'b', 'first', 'b', 'b']);
    expect((await children(engine, arn)).map(({ executionArn }) => executionArn)).toEqual([before!.executionArn]);
  });

  test('starts what had not been started, and tells how many wait for their redrive', async () => {
    const wait = { Wait: { Type: 'Wait', Seconds: 10, Next: 'Work' }, ...states };
    const engine = new Engine({ task: failingFor({ a: 1 }).task });
    engine.define(distributed(wait, { MaxConcurrency: 2 }));
    const arn = await engine.start(['a', 'b', 'c', 'd']);
    await engine.settle();
    await engine.call('StopExecution', { executionArn: arn });
    expect(await runOf(engine, arn)).toMatchObject({ executionCounts: { aborted: 2, pending: 2 } });
    await engine.call('RedriveExecution', { executionArn: arn });
    await engine.settle();
    expect(await runOf(engine, arn)).toMatchObject({
      status: 'RUNNING',
      executionCounts: { running: 2, aborted: 0, pending: 2, pendingRedrive: 0, total: 4 },
    });
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED' });
    await engine.call('RedriveExecution', { executionArn: arn });
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: ['a', 'b', 'c', 'd'] });
  });

  test('counts those that cannot be redriven any more as failed', async () => {
    const slow = {
      Work: task({ Next: 'Long' }),
      Long: { Type: 'Wait', Seconds: 15 * 86_400, Next: 'Rest' },
      Rest: task(),
    };
    const engine = new Engine({ task: failingFor({ a: 1, b: 0 }).task });
    engine.define(distributed(slow, { ToleratedFailureCount: 1 }));
    const arn = await engine.start(['a', 'b']);
    await engine.settle();
    engine.clock.advance(DAY_MS * 14 + 1);
    await engine.call('StopExecution', { executionArn: arn });
    expect(await runOf(engine, arn)).toMatchObject({
      executionCounts: { failed: 1, aborted: 1, failuresNotRedrivable: 1 },
    });
    await engine.call('RedriveExecution', { executionArn: arn });
    expect(await engine.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: [{ Status: 'FAILED' }, 'b'] });
  });

  test('begins a new run when the first one had not read its items', async () => {
    const engine = new Engine({ task: async () => null });
    const reader = {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSON' },
      Arguments: { Bucket: 'bucket', Key: 'items.json' },
    };
    engine.define(distributed(states, { ItemReader: reader }));
    const arn = await engine.start();
    expect(await engine.ended(arn)).toMatchObject({ error: 'States.ItemReaderFailed' });
    engine.s3.putObject('bucket', 'items.json', '[1, 2]', 'application/json');
    await engine.call('RedriveExecution', { executionArn: arn });
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: [null, null] });
    const { mapRuns } = await engine.call('ListMapRuns', { executionArn: arn });
    expect(mapRuns).toHaveLength(2);
  });

  test('needs the permission to redrive executions of the map run', async () => {
    const asked: string[] = [];
    const engine = new Engine({
      task: failingFor({ a: 1 }).task,
      authoriseRole: (_role, _session, permissions) => {
        for (const { action, resource } of permissions) {
          asked.push(`${action} ${resource}`);
          if (action === 'states:RedriveExecution') throw new AwsError('AccessDeniedException', 'No.');
        }
      },
    });
    engine.define(distributed(states));
    const arn = await engine.start(['a']);
    await redrive(engine, arn);
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.Permissions' });
    expect(asked.at(-1)).toBe('states:RedriveExecution arn:aws:states:us-east-1:000000000000:execution:machine/Each:*');
  });
});

describe('After a kill', () => {
  let file: StoreFile;
  beforeEach(() => {
    file = new StoreFile();
  });
  afterEach(() => file.remove());

  test.each(Array.from({ length: 12 }, (_, commits) => commits))(
    'a redriven map run goes on and redrives nothing twice, %i commits after its failure',
    async (commits) => {
      const before = new Engine({ store: file.open(), task: failingFor({ b: 1, c: 1 }).task });
      before.define(distributed(states, { MaxConcurrency: 1, ToleratedFailureCount: 1 }));
      const arn = await before.start(['a', 'b', 'c']);
      await before.finish(arn);
      const killed = file.restarted(before, { task: async (item) => item }, commits + 2);
      await redrive(killed, arn).catch(() => {});
      await killed.finish(arn).catch(() => {
        // It waits for what was never written.
      });
      const engine = file.restarted(killed, { task: async (item) => item });
      engine.service.resume();
      const { status } = await engine.finish(arn);
      if (status === 'FAILED') await engine.call('RedriveExecution', { executionArn: arn });
      expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: ['a', 'b', 'c'] });
      expect(await runOf(engine, arn)).toMatchObject({ redriveCount: 1, executionCounts: { succeeded: 3, total: 3 } });
      const all = await children(engine, arn);
      expect(all.map(({ redriveCount }) => redriveCount)).toEqual([0, 1, 1]);
      expect((await engine.historyTypes(arn)).filter((type) => type === 'MapRunRedriven')).toHaveLength(1);
    },
  );
});
