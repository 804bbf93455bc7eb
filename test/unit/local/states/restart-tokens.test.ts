import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import type { TaskIntegration } from '../../../../local/states/integration.ts';
import { Engine, RESOURCE, StoreFile, task } from './engine.ts';

let file: StoreFile;
beforeEach(() => {
  file = new StoreFile();
});
afterEach(() => file.remove());

describe('a task that waits for its token when its engine is killed', () => {
  const tokens: string[] = [];
  const ask: TaskIntegration = async (token) => {
    tokens.push(token as string);
    return null;
  };
  const asking = (fields: JsonObject): JsonObject =>
    task({ Resource: `${RESOURCE}.waitForTaskToken`, Arguments: '{% $states.context.Task.Token %}', ...fields });
  beforeEach(() => void tokens.splice(0));

  async function killed(states: JsonObject): Promise<{ arn: string; second: Engine }> {
    const first = new Engine({ store: file.open(), task: ask });
    first.define(states);
    const arn = await first.start();
    await first.settle();
    const second = file.restarted(first, { task: ask });
    // Ids of a new process are others.
    for (let id = 0; id < 10; id += 1) second.context.newId();
    second.service.resume();
    await second.settle();
    return { arn, second };
  }

  test('goes on waiting for the token that was handed out, also when its answer came just before the kill', async () => {
    const first = new Engine({ store: file.open(), task: ask });
    first.define({ Ask: asking({ TimeoutSeconds: 100 }) });
    const waiting = await first.start({}, { name: 'waiting' });
    const answered = await first.start({}, { name: 'answered' });
    await first.settle();
    first.clock.advance(30_000);
    // The promise settles only in a later turn, which a killed engine does not have.
    const kill = first.service.handle('SendTaskSuccess', { taskToken: tokens[1]!, output: '"in time"' });
    first.service.close();
    await kill;
    const second = file.restarted(first, { task: ask });
    second.service.resume();
    expect(await second.ended(answered)).toEqual({ status: 'SUCCEEDED', output: 'in time' });
    expect(await second.ended(waiting)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(second.clock.now() - Date.UTC(2026, 10, 21)).toBe(100_000);
    expect(tokens).toHaveLength(2);
  });

  test.each([
    ['an answer', 'SendTaskSuccess', { output: '"signed"' }, { status: 'SUCCEEDED', output: 'signed' }],
    ['a failure', 'SendTaskFailure', { error: 'Refused' }, { status: 'SUCCEEDED', output: 'Refused' }],
  ])(
    'goes on with %s that the killed engine had taken but not yet journaled',
    async (_what, operation, answer, end) => {
      // One commit each for the start, the call and the wait; the next one does not happen.
      const first = new Engine({ store: file.open(3), task: ask });
      first.define({
        Ask: asking({
          Catch: [{ ErrorEquals: ['Refused'], Output: '{% $states.errorOutput.Error %}', Next: 'Sleep' }],
          Next: 'Sleep',
        }),
        Sleep: { Type: 'Wait', Seconds: 1, End: true },
      });
      const arn = await first.start();
      await first.settle();
      await first.call(operation, { taskToken: tokens[0]!, ...answer });
      await first.settle();
      expect(first.context.warnings).toEqual([expect.stringContaining('killed')]);
      const second = file.restarted(first, { task: ask });
      second.service.resume();
      expect(await second.ended(arn)).toEqual(end);
      expect(tokens).toHaveLength(1);
    },
  );

  test('asks again, with another token, when the answer says to try again', async () => {
    const { arn, second } = await killed({ Ask: asking({ Retry: [{ ErrorEquals: ['Again'] }] }) });
    await second.call('SendTaskFailure', { taskToken: tokens[0]!, error: 'Again' });
    await second.settle();
    second.clock.advance(1_000);
    await second.settle();
    expect(new Set(tokens).size).toBe(2);
    await second.call('SendTaskSuccess', { taskToken: tokens[1]!, output: '"second"' });
    expect(await second.ended(arn)).toMatchObject({ output: 'second' });
  });

  test('asks again inside a Parallel state, which starts over, and no longer takes the old token', async () => {
    const { arn, second } = await killed({
      Both: { Type: 'Parallel', Branches: [{ StartAt: 'Ask', States: { Ask: asking({}) } }], End: true },
    });
    expect(new Set(tokens).size).toBe(2);
    await expect(second.call('SendTaskSuccess', { taskToken: tokens[0]!, output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
    await second.call('SendTaskSuccess', { taskToken: tokens[1]!, output: '2' });
    expect(await second.ended(arn)).toMatchObject({ output: [2] });
  });
});
