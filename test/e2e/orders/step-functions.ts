import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  TestStateCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect } from 'vitest';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import { finalOrder, place } from '../../support/api/order-requests.ts';
import { testWith } from '../../support/platform/capabilities.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

export function stepFunctions(platform: SuitePlatform): void {
  let client: SFNClient;
  beforeAll(() => {
    // The prefix `sync-` of some operations belongs to AWS's host names.
    client = new SFNClient({ ...operatorClientConfig(platform.instance.endpointUrl), disableHostPrefix: true });
  });
  afterAll(() => client.destroy());
  const ended = (executionArn: string | undefined) =>
    eventually(`the end of ${executionArn}`, async () => {
      const description = await client.send(new DescribeExecutionCommand({ executionArn }));
      return description.status === 'RUNNING' ? undefined : description;
    });

  const only = testWith('operations of Step Functions beside running sagas');

  only('An SDK client traces an order through Step Functions, and cannot delete what the app declares', async () => {
    const orderId = await place(platform.instance.url);
    await finalOrder(platform.instance.url, orderId);
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    const { stateMachineArn } = stateMachines.find(({ name }) => name?.includes('OrderSaga'))!;

    const executions = [];
    for await (const page of paginateListExecutions({ client, pageSize: 2 }, { stateMachineArn })) {
      executions.push(...(page.executions ?? []));
    }
    const { executionArn } = executions.find(({ name }) => name === orderId)!;
    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', redriveStatus: 'NOT_REDRIVABLE' });
    await expect(client.send(new RedriveExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
    });

    const types = [];
    for await (const { events = [] } of paginateGetExecutionHistory({ client, pageSize: 5 }, { executionArn })) {
      types.push(...events.map(({ type }) => type));
    }
    expect([types.at(0), types.at(-1)]).toEqual(['ExecutionStarted', 'ExecutionSucceeded']);
    const { definition = '{}' } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(JSON.parse(definition)).toMatchObject({ QueryLanguage: 'JSONata' });
    await expect(client.send(new DeleteStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'ConflictException',
    });
  });

  only('An SDK client makes state machines of its own, and tests a state', async () => {
    const roleArn = 'arn:aws:iam::000000000000:role/client';
    const double = { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true };
    const machine = (state: object) => JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: state } });
    const created = await client.send(
      new CreateStateMachineCommand({ name: 'Double', type: 'EXPRESS', roleArn, definition: machine(double) }),
    );
    expect(
      await client.send(new StartSyncExecutionCommand({ stateMachineArn: created.stateMachineArn, input: '21' })),
    ).toMatchObject({ status: 'SUCCEEDED', output: '42' });
    const definition = JSON.stringify({ ...double, QueryLanguage: 'JSONata' });
    expect(await client.send(new TestStateCommand({ definition, input: '4' }))).toMatchObject({
      status: 'SUCCEEDED',
      output: '8',
    });

    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({ name: 'Fails', roleArn, definition: machine({ Type: 'Fail', Error: 'No' }) }),
    );
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'No', redriveStatus: 'REDRIVABLE' });
    await client.send(new RedriveExecutionCommand({ executionArn }));
    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'No', redriveCount: 1 });
  });
}
