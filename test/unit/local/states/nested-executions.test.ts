import { afterEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import type { Service } from '../../../../local/service.ts';
import type { TaskIntegration } from '../../../../local/states/integration.ts';
import { guardedIntegrations } from '../../../../local/states/integrations/guarded.ts';
import { fakeInvoker } from '../apigateway/served-api.ts';
import { Engine, type EngineOptions, MACHINE, RESOURCE, ROLE, StoreFile, task } from './engine.ts';

const CHILD = MACHINE.replace(/machine$/, 'child');
const CHILD_EXECUTION = `${CHILD.replace(':stateMachine:', ':execution:')}:c1`;
const start = (pattern: string, fields: JsonObject = {}): JsonObject => ({
  Start: task({
    Resource: `arn:aws:states:::states:startExecution${pattern}`,
    Arguments: { StateMachineArn: CHILD, Name: 'c1', Input: { a: 1 } },
    ...fields,
  }),
});

/** An engine whose machines start each other. */
function engine(options: EngineOptions = {}, child: TaskIntegration = async (args) => args): Engine {
  const services: Service[] = [];
  const guarded = guardedIntegrations({
    services,
    lambda: { ...fakeInvoker({}, []), permissions: () => [] },
    iam: { authoriseRole: () => {} },
  });
  const made = new Engine({ ...options, integrations: (called) => (called === RESOURCE ? child : guarded(called)) });
  services.push(made.service);
  const work = { Work: task({ Resource: RESOURCE, Arguments: '{% $states.input %}' }) };
  made.service.createStateMachine({
    ...{ name: 'child', arn: CHILD, roleArn: ROLE },
    definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Work', States: work }),
  });
  return made;
}

const statusOf = async (one: Engine) => (await one.call('DescribeExecution', { executionArn: CHILD_EXECUTION })).status;
const fails: TaskIntegration = () => Promise.reject(new Error('broken'));
const never: TaskIntegration = () => new Promise(() => {});

describe('A Task that starts an execution', () => {
  test('goes on at once', async () => {
    expect(await engine().run(start(''))).toMatchObject({ output: { ExecutionArn: CHILD_EXECUTION } });
  });

  test('waits for its end with .sync, and gives its description', async () => {
    const one = engine();
    one.define(start('.sync'));
    const arn = await one.start();
    expect(await one.ended(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        ...{ ExecutionArn: CHILD_EXECUTION, Input: '{"a":1}', Output: '{"a":1}', Status: 'SUCCEEDED', Name: 'c1' },
        ...{ StateMachineArn: CHILD, InputDetails: { Included: true }, RedriveStatus: 'NOT_REDRIVABLE' },
      },
    });
    expect((await one.historyTypes(arn)).slice(1, -1)).toEqual([
      ...['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded', 'TaskStateExited'],
    ]);
  });

  test('gives input and output as JSON with .sync:2', async () => {
    expect(await engine().run(start('.sync:2'))).toMatchObject({ output: { Input: { a: 1 }, Output: { a: 1 } } });
  });

  test('fails with it, with the description as the cause', async () => {
    const { error, cause } = await engine({}, fails).run(start('.sync'));
    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause!)).toMatchObject({ Status: 'FAILED', Error: 'States.Runtime', Cause: 'broken' });
  });

  test('can be answered with its token before', async () => {
    const one = engine({}, never);
    const Arguments = { StateMachineArn: CHILD, Name: 'c1', Input: { token: '{% $states.context.Task.Token %}' } };
    one.define(start('.sync', { Arguments }));
    const arn = await one.start();
    await one.settle();
    const { input } = await one.call('DescribeExecution', { executionArn: CHILD_EXECUTION });
    const { token } = JSON.parse(input as string) as { token: string };
    await one.call('SendTaskSuccess', { taskToken: token, output: '"enough"' });
    expect(await one.ended(arn)).toMatchObject({ output: 'enough' });
  });

  test('fails as the SDK names it when the machine does not exist', async () => {
    const ended = await engine().run(start('.sync', { Arguments: { StateMachineArn: `${CHILD}2` } }));
    expect(ended).toMatchObject({ error: 'StepFunctions.StateMachineDoesNotExistException' });
  });

  test('stops the execution when its own is stopped, but not when it takes too long', async () => {
    const stopped = engine({}, never);
    stopped.define(start('.sync'));
    const arn = await stopped.start();
    await stopped.settle();
    await stopped.call('StopExecution', { executionArn: arn });
    await stopped.settle();
    expect(await statusOf(stopped)).toBe('ABORTED');

    const late = engine({}, never);
    expect(await late.run(start('.sync', { TimeoutSeconds: 5 }))).toMatchObject({ error: 'States.Timeout' });
    expect(await statusOf(late)).toBe('RUNNING');
  });

  test('stops the execution when another branch fails', async () => {
    const one = engine({}, never);
    const branch = (states: JsonObject) => ({ StartAt: Object.keys(states)[0]!, States: states });
    const late = { Wait: { Type: 'Wait', Seconds: 1, Next: 'Fail' }, Fail: { Type: 'Fail', Error: 'E' } };
    const Branches = [branch(start('.sync')), branch(late)];
    expect(await one.run({ Both: { Type: 'Parallel', Branches, End: true } })).toMatchObject({ error: 'E' });
    expect(await statusOf(one)).toBe('ABORTED');
  });

  test('is refused in an express state machine', () => {
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Start', States: start('.sync') });
    const express = { name: 'x', arn: `${MACHINE}x`, roleArn: ROLE, definition, type: 'EXPRESS' } as const;
    expect(() => engine().service.createStateMachine(express)).toThrow('state Start, Resource');
  });
});

describe('After a kill', () => {
  const file = new StoreFile();
  afterEach(() => file.remove());

  test('a Task goes on waiting for the execution that it started, and stops nothing', async () => {
    const killed = engine({ store: file.open() }, never);
    killed.define(start('.sync:2'));
    const arn = await killed.start();
    await killed.settle();
    killed.service.close();
    const restarted = engine({ store: file.open() });
    restarted.service.resume();
    expect(await restarted.ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: { Output: { a: 1 } } });
    expect((await restarted.historyTypes(arn)).filter((type) => type === 'TaskSubmitted')).toHaveLength(1);
  });
});
