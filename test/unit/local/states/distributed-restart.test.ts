import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { distributed, runOf } from './distributed.ts';
import { Engine, StoreFile, task } from './engine.ts';

let file: StoreFile;
beforeEach(() => {
  file = new StoreFile();
});
afterEach(() => file.remove());

const processed = { Sleep: { Type: 'Wait', Seconds: '{% $states.input * 10 %}', Next: 'Work' }, Work: task() };
const answering = async (item: Json) => (item as number) * 2;

async function executionsOf(engine: Engine, mapRunArn: Json): Promise<JsonObject[]> {
  const { executions } = await engine.call('ListExecutions', { mapRunArn });
  return executions as JsonObject[];
}

describe('A distributed Map', () => {
  test.each(Array.from({ length: 24 }, (_, commits) => commits))(
    'goes on with what it had planned when the engine is killed after %i commits, and starts nothing twice',
    async (commits) => {
      const killed = new Engine({ store: file.open(commits + 2), task: answering });
      killed.define(distributed(processed, { MaxConcurrency: 2 }));
      const arn = await killed.start([1, 2, 3]);
      await killed.finish(arn).catch(() => {
        // It waits for what was never written.
      });
      const engine = file.restarted(killed, { task: answering });
      engine.service.resume();
      expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: [2, 4, 6] });
      const run = await runOf(engine, arn);
      expect(run).toMatchObject({ status: 'SUCCEEDED', executionCounts: { succeeded: 3, total: 3 } });
      expect(await executionsOf(engine, run.mapRunArn!)).toHaveLength(3);
      const started = engine.context.store
        .prepare("SELECT count(*) AS count FROM states_executions WHERE machine_arn LIKE '%/Each'")
        .get();
      expect(started).toEqual({ count: 3 });
    },
  );

  test('is stopped with its execution, also after a restart', async () => {
    const engine = new Engine({ store: file.open() });
    engine.define(distributed(processed));
    const arn = await engine.start([1, 2]);
    await engine.settle();
    engine.service.close();
    const again = file.restarted(engine);
    again.service.resume();
    await again.settle();
    await again.call('StopExecution', { executionArn: arn });
    await again.settle();
    const run = await runOf(again, arn);
    expect(run).toMatchObject({ status: 'ABORTED', executionCounts: { aborted: 2, total: 2 } });
    expect(again.clock.advanceToNext()).toBe(false);
  });

  test('inside a Parallel state that starts over after a restart leaves no run of before behind', async () => {
    const { Each } = distributed(processed);
    const branches = [{ StartAt: 'Each', States: { Each } }];
    const engine = new Engine({ store: file.open(), task: answering });
    engine.define({ Both: { Type: 'Parallel', Branches: branches, End: true } });
    const arn = await engine.start([1, 2]);
    await engine.settle();
    engine.service.close();
    const again = file.restarted(engine, { task: answering });
    // The ids of tests begin anew with each engine.
    for (let used = 0; used < 10; used += 1) again.context.newId();
    again.service.resume();
    expect(await again.ended(arn)).toEqual({ status: 'SUCCEEDED', output: [[2, 4]] });
    const { mapRuns } = await again.call('ListMapRuns', { executionArn: arn });
    const runs = await Promise.all(
      (mapRuns as JsonObject[]).map(({ mapRunArn }) => again.call('DescribeMapRun', { mapRunArn: mapRunArn! })),
    );
    expect(runs.map(({ status }) => status).sort()).toEqual(['ABORTED', 'SUCCEEDED']);
  });

  test('ends with a branch beside it that fails', async () => {
    const { Each } = distributed(processed);
    const fail = { Rest: { Type: 'Wait', Seconds: 5, Next: 'Bad' }, Bad: { Type: 'Fail', Error: 'Bad' } };
    const Branches = [
      { StartAt: 'Each', States: { Each } },
      { StartAt: 'Rest', States: fail },
    ];
    const engine = new Engine();
    engine.define({ Both: { Type: 'Parallel', Branches, End: true } });
    const arn = await engine.start([1, 2]);
    expect(await engine.ended(arn)).toEqual({ status: 'FAILED', error: 'Bad' });
    expect(await runOf(engine, arn)).toMatchObject({ status: 'ABORTED', executionCounts: { aborted: 2 } });
    expect(await engine.historyTypes(arn)).toContain('MapRunAborted');
    expect(engine.clock.advanceToNext()).toBe(false);
  });
});
