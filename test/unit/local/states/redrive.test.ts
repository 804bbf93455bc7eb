import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { Engine, failing, never, StoreFile, task } from './engine.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** An execution that failed in its second state, which answers the next time. */
async function failed(): Promise<{ engine: Engine; executionArn: string }> {
  const answers = ['first', new Error('Broken'), 'second'];
  const engine = new Engine({
    task: async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer ?? null;
    },
  });
  engine.define({
    One: task({ Assign: { one: '{% $states.result %}' }, Next: 'Two' }),
    Two: task({ Output: '{% [$one, $states.input, $states.result, $states.context.Execution.RedriveCount] %}' }),
  });
  const executionArn = await engine.start();
  await engine.finish(executionArn);
  return { engine, executionArn };
}

describe('RedriveExecution', () => {
  test('goes on at the state that failed, with its input and the variables, in the same history', async () => {
    const { engine, executionArn } = await failed();
    engine.clock.advance(5_000);
    const redriveDate = engine.clock.now() / 1_000;
    expect(await engine.call('RedriveExecution', { executionArn })).toEqual({ redriveDate });
    expect(await engine.ended(executionArn)).toEqual({ status: 'SUCCEEDED', output: ['first', 'first', 'second', 1] });
    const history = await engine.history(executionArn);
    expect(history.slice(history.findIndex(({ type }) => type === 'ExecutionFailed')).map(({ type }) => type)).toEqual([
      'ExecutionFailed',
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(history.find(({ type }) => type === 'ExecutionRedriven')).toMatchObject({
      executionRedrivenEventDetails: { redriveCount: 1 },
    });
    expect(await engine.call('DescribeExecution', { executionArn })).toMatchObject({ redriveCount: 1, redriveDate });
  });

  test('says before whether it would, and why not', async () => {
    const { engine, executionArn } = await failed();
    const described = () => engine.call('DescribeExecution', { executionArn });
    expect(await described()).toMatchObject({ redriveStatus: 'REDRIVABLE' });
    engine.clock.advance(14 * DAY_MS + 1);
    expect(await described()).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution redrivable period exceeded',
    });
    await expect(engine.call('RedriveExecution', { executionArn })).rejects.toMatchObject({
      code: 'ExecutionNotRedrivable',
      message: expect.stringContaining('Execution redrivable period exceeded'),
    });
  });

  test.each(['RUNNING', 'SUCCEEDED'])('refuses an execution that is %s', async (status) => {
    const engine = new Engine({ task: status === 'RUNNING' ? never : async () => null });
    engine.define({ Step: task() });
    const executionArn = await engine.start();
    await engine.settle();
    await expect(engine.call('RedriveExecution', { executionArn })).rejects.toMatchObject({
      code: 'ExecutionNotRedrivable',
      message: expect.stringContaining(`Execution is ${status} and cannot be redriven`),
    });
  });

  test('knows no execution of another name', async () => {
    const { engine, executionArn } = await failed();
    await expect(engine.call('RedriveExecution', { executionArn: `${executionArn}0` })).rejects.toMatchObject({
      code: 'ExecutionDoesNotExist',
    });
  });

  test('does once what is asked twice with one client token, for a quarter of an hour', async () => {
    const engine = new Engine({ task: failing(['A', 'B', 'C']) });
    engine.define({ Step: task() });
    const executionArn = await engine.start();
    const redrive = async () => {
      await engine.finish(executionArn);
      return engine.call('RedriveExecution', { executionArn, clientToken: 'token' });
    };
    const first = await redrive();
    engine.clock.advance(15 * 60 * 1_000);
    expect(await redrive()).toEqual(first);
    engine.clock.advance(1);
    await redrive();
    expect(await engine.finish(executionArn)).toMatchObject({ status: 'FAILED', error: 'C', redriveCount: 2 });
  });

  test('gives the state all its retries again, and the execution all its time', async () => {
    const engine = new Engine({ task: failing(['Busy', 'Busy', 'Busy']) });
    engine.define(
      { Step: task({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, MaxAttempts: 1 }] }) },
      { TimeoutSeconds: 60 },
    );
    const executionArn = await engine.start();
    expect(await engine.ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'Busy' });
    engine.clock.advance(DAY_MS);
    await engine.call('RedriveExecution', { executionArn });
    expect(await engine.ended(executionArn)).toEqual({ status: 'SUCCEEDED', output: 'done' });
  });

  test.each<[string, JsonObject, string]>([
    ['a Fail state', { Step: { Type: 'Fail', Error: 'No' } }, 'FailStateEntered'],
    [
      'a state whose expression fails',
      { Step: { Type: 'Pass', Output: '{% $no.x.y %}', End: true } },
      'PassStateEntered',
    ],
  ])('enters %s again, and fails again', async (_what, states, entered) => {
    const engine = new Engine();
    const { error } = await engine.run(states);
    const { executions } = await engine.call('ListExecutions', {
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine',
    });
    const [{ executionArn }] = executions as unknown as [{ executionArn: string }];
    await engine.call('RedriveExecution', { executionArn });
    expect(await engine.ended(executionArn)).toMatchObject({ status: 'FAILED', error });
    expect((await engine.historyTypes(executionArn)).filter((type) => type === entered)).toHaveLength(1);
  });

  test('goes on after a stop or a time-out, with a new token, and after a kill', async () => {
    const file = new StoreFile();
    const first = new Engine({ store: file.open(), task: never });
    first.define({ Step: task() }, { TimeoutSeconds: 60 });
    const executionArn = await first.start();
    await first.settle();
    await first.call('StopExecution', { executionArn });
    await first.call('RedriveExecution', { executionArn });
    expect(await first.finish(executionArn)).toMatchObject({ status: 'TIMED_OUT' });
    await first.call('RedriveExecution', { executionArn });
    // The engine is killed when it has written that the task is under way again.
    await first.settle();
    const second = file.restarted(first, { task: async () => 'late' });
    second.service.resume();
    expect(await second.finish(executionArn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 2 });
    file.remove();
  });
});

test('ListExecutions tells the redriven from the others', async () => {
  const { engine, executionArn } = await failed();
  await engine.start({}, { name: 'other' });
  await engine.call('RedriveExecution', { executionArn });
  const list = async (redriveFilter: string) =>
    (
      (await engine.call('ListExecutions', {
        stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine',
        redriveFilter,
      })) as unknown as { executions: { executionArn: string }[] }
    ).executions.map((execution) => execution.executionArn);
  expect(await list('REDRIVEN')).toEqual([executionArn]);
  expect(await list('NOT_REDRIVEN')).toEqual([expect.stringMatching(/:other$/)]);
});
