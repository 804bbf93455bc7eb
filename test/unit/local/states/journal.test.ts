import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import type { TaskIntegration } from '../../../../local/states/integration.ts';
import { Engine, never, StoreFile, task } from './engine.ts';

let file: StoreFile;
beforeEach(() => {
  file = new StoreFile();
});
afterEach(() => file.remove());

const step = (name: string, fields: JsonObject): JsonObject => task({ Arguments: name, ...fields });

test('an execution whose step cannot be journaled stops where it is, and goes on once the journal can write', async () => {
  const calls: Json[] = [];
  const call: TaskIntegration = async (name) => {
    calls.push(name);
    return name;
  };
  const first = new Engine({ store: file.open(2), task: call });
  first.define({
    First: step('first', { Retry: [{ ErrorEquals: ['States.ALL'] }], Next: 'Second' }),
    Second: step('second', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Lost' }], End: true }),
    Lost: { Type: 'Fail' },
  });
  const arn = await first.start();
  await first.settle();
  expect(calls).toEqual(['first']);
  expect(first.context.warnings).toEqual([expect.stringContaining('killed')]);
  expect(first.changes.map(({ status }) => status)).toEqual(['RUNNING']);
  const second = file.restarted(first, { task: call });
  second.service.resume();
  expect(await second.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 'second' });
});

test.each<[string, JsonObject]>([
  ['success', { Type: 'Succeed' }],
  ['failure', { Type: 'Fail', Error: 'Bad' }],
])(
  'an execution whose %s cannot be journaled is reported, and ends the same once the journal can write',
  async (_what, state) => {
    const first = new Engine({ store: file.open(1) });
    first.define({ Only: state });
    const arn = await first.start();
    await first.settle();
    expect(first.context.warnings).toEqual([expect.stringContaining('killed')]);
    const second = file.restarted(first);
    second.service.resume();
    expect(await second.ended(arn)).toMatchObject({ status: first.changes.at(-1)?.status });
  },
);

test('an execution whose timeout cannot be journaled is timed out once the journal can write', async () => {
  const first = new Engine({ store: file.open(2), task: never });
  first.define({ Step: task() }, { TimeoutSeconds: 60 });
  const arn = await first.start();
  await first.settle();
  first.clock.advance(60_000);
  await first.settle();
  expect(first.context.warnings).toEqual([expect.stringContaining('killed')]);
  const second = file.restarted(first);
  second.service.resume();
  expect(await second.ended(arn)).toMatchObject({ status: 'TIMED_OUT' });
});
