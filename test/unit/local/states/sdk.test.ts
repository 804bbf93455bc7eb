import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { jsonEndpoint } from '../sqs/json-endpoint.ts';
import { Engine, failing, MACHINE, task } from './engine.ts';

test('an SDK client starts an execution, and reads how it went', async () => {
  const engine = new Engine({ task: failing(['Busy'], { version: 2 }) });
  engine.define({
    Step: task({ Retry: [{ ErrorEquals: ['Busy'] }], Assign: { version: '{% $states.result.version %}' } }),
  });
  const startDate = new Date(engine.clock.now());
  await using endpoint = await jsonEndpoint(engine.service);
  const client = new SFNClient(endpoint.client);

  const { executionArn = '', startDate: toldStart } = await client.send(
    new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'one', input: '{"orderId":"o-1"}' }),
  );
  expect(toldStart).toEqual(startDate);
  await engine.finish(executionArn);
  const stopDate = new Date(engine.clock.now());

  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    executionArn,
    stateMachineArn: MACHINE,
    name: 'one',
    status: 'SUCCEEDED',
    startDate,
    stopDate,
    redriveCount: 0,
    input: '{"orderId":"o-1"}',
    inputDetails: { included: true },
    output: '{"version":2}',
    outputDetails: { included: true },
  });

  const { events = [], nextToken } = await client.send(
    new GetExecutionHistoryCommand({ executionArn, includeExecutionData: true }),
  );
  expect(nextToken).toBeUndefined();
  expect(events.map(({ id, previousEventId, timestamp, type }) => [id, previousEventId, timestamp, type])).toEqual([
    [1, 0, startDate, 'ExecutionStarted'],
    [2, 0, startDate, 'TaskStateEntered'],
    [3, 2, startDate, 'TaskScheduled'],
    [4, 3, startDate, 'TaskStarted'],
    [5, 4, startDate, 'TaskFailed'],
    [6, 5, stopDate, 'TaskScheduled'],
    [7, 6, stopDate, 'TaskStarted'],
    [8, 7, stopDate, 'TaskSucceeded'],
    [9, 8, stopDate, 'TaskStateExited'],
    [10, 9, stopDate, 'ExecutionSucceeded'],
  ]);
  expect(events[4]?.taskFailedEventDetails).toEqual({
    resourceType: 'lambda',
    resource: 'invoke',
    error: 'Busy',
    cause: 'because of Busy',
  });
  expect(events[8]?.stateExitedEventDetails).toMatchObject({
    name: 'Step',
    output: '{"version":2}',
    assignedVariables: { version: '2' },
  });

  const [newest] =
    (await client.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }))).events ??
    [];
  expect(newest?.executionSucceededEventDetails).toEqual({
    output: '{"version":2}',
    outputDetails: { truncated: false },
  });
  client.destroy();
});

test('an SDK client knows the errors of the service', async () => {
  const engine = new Engine();
  engine.define({ Done: { Type: 'Succeed' } });
  await using endpoint = await jsonEndpoint(engine.service);
  const client = new SFNClient(endpoint.client);
  const start = (fields: { readonly name?: string; readonly input?: string; readonly stateMachineArn?: string }) =>
    client.send(new StartExecutionCommand({ stateMachineArn: MACHINE, ...fields }));
  await start({ name: 'one', input: '1' });
  await expect(start({ name: 'one', input: '2' })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  await expect(start({ name: 'a b' })).rejects.toMatchObject({ name: 'InvalidName' });
  await expect(start({ input: '{' })).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  await expect(start({ stateMachineArn: `${MACHINE}-not` })).rejects.toMatchObject({
    name: 'StateMachineDoesNotExist',
  });
  client.destroy();
});
