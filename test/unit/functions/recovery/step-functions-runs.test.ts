import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  type StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { StepFunctionsRuns } from '../../../../functions/recovery/adapters/step-functions-runs.ts';
import type { Run } from '../../../../functions/recovery/domain/unfinished-work.ts';
import { CHANGE_ID, ORDER_ID } from '../../../support/orders/streams.ts';

const arnOf = (machine: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${machine}:live`;
const executionArn = (name: string) => `arn:aws:states:us-east-1:000000000000:execution:Order:${name}`;
const RUN: Run = { machine: 'order', name: ORDER_ID };

/** Executions by ARN, as a client of Step Functions sees them. */
function givenRuns(executions: Readonly<Record<string, string>>) {
  const started: StartExecutionCommand['input'][] = [];
  const client = {
    async send(command: DescribeExecutionCommand | StartExecutionCommand) {
      if (!(command instanceof DescribeExecutionCommand)) {
        started.push(command.input);
        throw new ExecutionAlreadyExists({ message: 'exists', $metadata: {} });
      }
      const status = executions[command.input.executionArn!];
      if (status === undefined) throw new ExecutionDoesNotExist({ message: 'none', $metadata: {} });
      return { status };
    },
  };
  const machines = { order: arnOf('Order'), cancellation: arnOf('Cancellation'), 'items-change': arnOf('Change') };
  return { runs: new StepFunctionsRuns(machines, client as unknown as SFNClient), started };
}

test('The executions of a run are found by their names, until there is none of the next name', async () => {
  const { runs } = givenRuns({
    [executionArn(ORDER_ID)]: 'FAILED',
    [executionArn(`${ORDER_ID}_r2`)]: 'RUNNING',
    [executionArn(`${ORDER_ID}_r4`)]: 'RUNNING',
  });
  expect(await runs.statuses(RUN)).toEqual(['FAILED', 'RUNNING']);
  expect(await givenRuns({}).runs.statuses(RUN)).toEqual([]);
});

test('An execution is started with the input of its saga; one that is there already is as good', async () => {
  const { runs, started } = givenRuns({});
  await runs.start(RUN, `${ORDER_ID}_r2`, ORDER_ID);
  const name = `${ORDER_ID}_${CHANGE_ID}`;
  await runs.start({ machine: 'items-change', name, changeId: CHANGE_ID }, name, ORDER_ID);
  expect(started).toEqual([
    { stateMachineArn: arnOf('Order'), name: `${ORDER_ID}_r2`, input: `{"orderId":"${ORDER_ID}"}` },
    {
      stateMachineArn: arnOf('Change'),
      name,
      input: `{"orderId":"${ORDER_ID}","changeId":"${CHANGE_ID}"}`,
    },
  ]);
});
