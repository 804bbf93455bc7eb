import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Engine, never, StoreFile, task } from './engine.ts';

let file: StoreFile;
beforeEach(() => {
  file = new StoreFile();
});
afterEach(() => file.remove());

describe('an engine that is closed', () => {
  test('stops its timers and leaves its executions to the next one', async () => {
    const first = new Engine({ store: file.open(), task: never });
    first.define(
      { Sleep: { Type: 'Wait', Seconds: 10, Next: 'Step' }, Step: task({ TimeoutSeconds: 5 }) },
      { TimeoutSeconds: 3_600 },
    );
    const sleeping = await first.start({}, { name: 'sleeping' });
    await first.settle();
    first.clock.advance(10_000);
    const inTask = await first.start({}, { name: 'later' });
    await first.settle();
    first.service.close();
    expect(first.clock.advanceToNext()).toBe(false);
    expect(await first.call('DescribeExecution', { executionArn: sleeping })).toMatchObject({ status: 'RUNNING' });
    const second = file.restarted(first);
    second.service.resume();
    expect(await second.ended(sleeping)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await second.ended(inTask)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('drives nothing twice when it is told to resume twice', async () => {
    let calls = 0;
    const first = new Engine({ store: file.open(), task: never });
    first.define({ Step: task() });
    const arn = await first.start();
    await first.settle();
    const second = file.restarted(first, {
      task: async () => {
        calls += 1;
        return null;
      },
    });
    second.service.resume();
    second.service.resume();
    await second.ended(arn);
    expect(calls).toBe(1);
    expect(second.context.warnings).toEqual([]);
  });

  test('reports an execution that it cannot drive, lets the others go on, and can still stop it', async () => {
    const store = file.open();
    const first = new Engine({ store, task: never });
    first.define({ Step: task() });
    const lost = await first.start({}, { name: 'lost' });
    first.define({ Sleep: { Type: 'Wait', Seconds: 1, End: true } });
    const fine = await first.start({}, { name: 'fine' });
    await first.settle();
    store.prepare('UPDATE states_definitions SET body = replace(body, ?, ?)').run('lambda:invoke', 'lambda:gone');
    const second = file.restarted(first);
    second.service.resume();
    expect(second.context.warnings).toEqual([expect.stringContaining(lost)]);
    expect(await second.ended(fine)).toMatchObject({ status: 'SUCCEEDED' });
    await second.call('StopExecution', { executionArn: lost });
    expect(await second.call('DescribeExecution', { executionArn: lost })).toMatchObject({ status: 'ABORTED' });
  });
});
