import { describe, expect, test } from 'vitest';
import { type Json } from '../../../../local/contracts.ts';
import { Engine, RESOURCE, task } from './engine.ts';

const WAITING = { Resource: `${RESOURCE}.waitForTaskToken`, Arguments: '{% $states.context.Task.Token %}' };

/** An engine whose machine waits for the token that `handed` tells. */
async function waiting(fields: Record<string, Json> = {}, answer: Json = 'sent') {
  const handed: string[] = [];
  const engine = new Engine({
    task: async (token) => {
      handed.push(token as string);
      return answer;
    },
  });
  engine.define({ Ask: task({ ...WAITING, ...fields }) });
  const arn = await engine.start();
  await engine.settle();
  return { engine, arn, handed, token: handed[0]! };
}

describe('Task that waits for its token', () => {
  test('goes on with what comes back with it, however long that takes', async () => {
    const { engine, arn, token } = await waiting();
    engine.clock.advance(90 * 24 * 3_600_000);
    await engine.settle();
    await engine.call('SendTaskSuccess', { taskToken: token, output: '{"signed":true}' });
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { signed: true } });
    expect(await engine.historyTypes(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('fails with the error that comes back', async () => {
    const { engine, arn, token } = await waiting();
    await engine.call('SendTaskFailure', { taskToken: token, error: 'Refused', cause: 'by hand' });
    expect(await engine.ended(arn)).toEqual({ status: 'FAILED', error: 'Refused', cause: 'by hand' });
  });

  test('takes an answer that comes before the call itself has returned', async () => {
    const engine: Engine = new Engine({
      task: async (token) => {
        await engine.call('SendTaskSuccess', { taskToken: token, output: '"early"' });
        return null;
      },
    });
    expect(await engine.run({ Ask: task(WAITING) })).toEqual({ status: 'SUCCEEDED', output: 'early' });
  });

  test('is timed out when no heartbeat comes, and lives on while they come', async () => {
    const { engine, arn, token } = await waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 1_000 });
    const start = engine.clock.now();
    for (let beat = 0; beat < 5; beat += 1) {
      engine.clock.advance(9_000);
      await engine.call('SendTaskHeartbeat', { taskToken: token });
    }
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(engine.secondsSince(start)).toBe(55);
  });

  test('is timed out although heartbeats come', async () => {
    const { engine, arn, token } = await waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 15 });
    engine.clock.advance(9_000);
    await engine.call('SendTaskHeartbeat', { taskToken: token });
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  test.each([
    [
      'after an answer',
      async ({ engine, token }: Awaited<ReturnType<typeof waiting>>) =>
        engine.call('SendTaskSuccess', { taskToken: token, output: '1' }),
    ],
    ['after its timeout', async ({ engine }: Awaited<ReturnType<typeof waiting>>) => engine.clock.advance(60_000)],
    [
      'after its execution was stopped',
      async ({ engine, arn }: Awaited<ReturnType<typeof waiting>>) =>
        engine.call('StopExecution', { executionArn: arn }),
    ],
  ])('refuses its token %s', async (_when, end) => {
    const asked = await waiting({ TimeoutSeconds: 60 });
    await end(asked);
    await asked.engine.settle();
    await expect(asked.engine.call('SendTaskSuccess', { taskToken: asked.token, output: '2' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
  });

  test('refuses its token once it was timed out, also while the execution goes on', async () => {
    const { engine, token } = await waiting({ TimeoutSeconds: 60, Retry: [{ ErrorEquals: ['States.Timeout'] }] });
    engine.clock.advance(60_000);
    await engine.settle();
    await expect(engine.call('SendTaskSuccess', { taskToken: token, output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
  });

  test('takes the first of two answers', async () => {
    const { engine, arn, token } = await waiting();
    const answers = await Promise.allSettled(
      ['1', '2'].map((output) => engine.call('SendTaskSuccess', { taskToken: token, output })),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await engine.ended(arn)).toMatchObject({ output: 1 });
  });

  test('gets a token of its own for each attempt', async () => {
    const { engine, handed, token } = await waiting({ Retry: [{ ErrorEquals: ['Again'] }] });
    await engine.call('SendTaskFailure', { taskToken: token, error: 'Again' });
    await engine.settle();
    engine.clock.advance(1_000);
    await engine.settle();
    expect(new Set(handed).size).toBe(2);
  });

  test.each([
    ['SendTaskSuccess', { taskToken: 'not a token', output: '1' }, 'InvalidToken'],
    ['SendTaskSuccess', { output: '{' }, 'InvalidOutput'],
    ['SendTaskSuccess', {}, 'ValidationException'],
    ['SendTaskHeartbeat', { taskToken: 'unknown' }, 'InvalidToken'],
    ['SendTaskHeartbeat', { taskToken: '6f1b2c1e-0000-4000-8000-00000000ffff' }, 'TaskTimedOut'],
  ])('%s refuses %j with %s', async (operation, input, code) => {
    const { engine, token } = await waiting();
    await expect(engine.call(operation, { taskToken: token, ...input })).rejects.toMatchObject({ code });
  });
});
