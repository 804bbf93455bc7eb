import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  type GetExecutionHistoryCommand,
  InvalidToken,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { StepFunctionsExecutions } from '../../../../functions/recovery/adapters/step-functions-executions.ts';
import { PageExpired } from '../../../../functions/recovery/application/execution-ports.ts';
import { findExecutions } from '../../../../functions/recovery/application/find-executions.ts';
import { executionIdOf, parseExecutionId, runsOf } from '../../../../functions/recovery/domain/executions.ts';
import { consoleLink } from '../../../../functions/recovery/http/execution-links.ts';
import { CHANGE_ID, changeRequested, created, ORDER_ID, streamOf } from '../../../support/orders/streams.ts';

const BEGINNING = 'arn:aws:states:eu-central-1:000000000000:execution';
const STARTED = new Date('2026-01-31T12:00:00.000Z');
const MACHINES = {
  order: `${BEGINNING}:Order`,
  cancellation: `${BEGINNING}:Cancellation`,
  'items-change': `${BEGINNING}:Change`,
};

const CANCELLATION: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'payment_pending' },
};
const HELD: OrderEvent = { type: 'OrderCreated', data: { ...created().data, review: 'required' } };

/** Executions by ARN, and what their histories answer. */
function givenExecutions(
  executions: Readonly<Record<string, { readonly status: string; readonly startDate: Date; readonly stopDate?: Date }>>,
  history: () => object = () => ({ events: [] }),
) {
  const asked: object[] = [];
  const client = {
    async send(command: DescribeExecutionCommand | GetExecutionHistoryCommand) {
      const found = executions[command.input.executionArn!];
      if (!found) throw new ExecutionDoesNotExist({ message: 'none', $metadata: {} });
      if (command instanceof DescribeExecutionCommand) return found;
      asked.push(command.input);
      return history();
    },
  };
  return { executions: new StepFunctionsExecutions(MACHINES, client as unknown as SFNClient), asked };
}

describe('The executions of an order', () => {
  test('are those of its saga, of each change of its items, and of its cancellation, by the time of their beginning', async () => {
    const later = new Date(STARTED.getTime() + 60_000);
    const { executions } = givenExecutions({
      [`${BEGINNING}:Order:${ORDER_ID}`]: { status: 'FAILED', startDate: STARTED, stopDate: later },
      [`${BEGINNING}:Order:${ORDER_ID}_r2`]: { status: 'SUCCEEDED', startDate: later, stopDate: later },
      [`${BEGINNING}:Change:${ORDER_ID}_${CHANGE_ID}`]: {
        status: 'RUNNING',
        startDate: new Date(STARTED.getTime() + 1_000),
      },
    });
    const found = await findExecutions({ executions }, streamOf([created(), changeRequested(), CANCELLATION]));
    expect(found.map((execution) => [executionIdOf(execution), execution.status, execution.endedAt])).toEqual([
      ['order.1', 'FAILED', later.toISOString()],
      [`items-change.${CHANGE_ID}.1`, 'RUNNING', undefined],
      ['order.2', 'SUCCEEDED', later.toISOString()],
    ]);
  });

  test('can be none of a held order, which has no saga until it is approved', () => {
    expect(runsOf(streamOf([HELD]))).toEqual([]);
    expect(runsOf(streamOf([HELD, { type: 'OrderApproved', data: {} }])).map(({ machine }) => machine)).toEqual([
      'order',
    ]);
  });

  test.each(['order.1', 'cancellation.12', `items-change.${CHANGE_ID}.3`])('are named: %s', (id) => {
    expect(executionIdOf(parseExecutionId(ORDER_ID, id)!)).toBe(id);
  });

  test.each([
    '',
    'order',
    'order.0',
    'order.01',
    'order.1.2',
    'refund.1',
    'items-change.1',
    'items-change..1',
    'items-change.a/b.1',
    `cancellation.${CHANGE_ID}.1`,
    'toString.1',
  ])('are not named by "%s"', (id) => {
    expect(parseExecutionId(ORDER_ID, id)).toBeUndefined();
  });

  test.each([
    ['eu-central-1', 'aws', 'https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1'],
    ['cn-north-1', 'aws-cn', 'https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1'],
  ])('have a page in the console of their region %s', (region, partition, page) => {
    const arn = `arn:${partition}:states:${region}:000000000000:execution:Order:1`;
    expect(consoleLink({ arn })).toBe(`${page}#/v2/executions/details/${encodeURIComponent(arn)}`);
  });
});

describe('The history of an execution', () => {
  const ARN = `${BEGINNING}:Order:${ORDER_ID}`;
  const RUNNING = { [ARN]: { status: 'RUNNING', startDate: STARTED } };
  const FIRST = parseExecutionId(ORDER_ID, 'order.1')!;

  test('has each event with its state, and with what it says otherwise but for the tokens of tasks', async () => {
    const { executions, asked } = givenExecutions(RUNNING, () => ({
      events: [
        {
          id: 2,
          previousEventId: 0,
          timestamp: STARTED,
          type: 'TaskStateEntered',
          stateEnteredEventDetails: { name: 'AwaitCapture', input: '{}', inputDetails: { truncated: false } },
        },
        {
          id: 3,
          previousEventId: 2,
          timestamp: STARTED,
          type: 'TaskScheduled',
          taskScheduledEventDetails: {
            resource: 'invoke.waitForTaskToken',
            parameters: '{"Payload":{"orderId":"1","taskToken":"AQC8A+secret/="}}',
          },
        },
        { id: 4, previousEventId: 3, timestamp: STARTED, type: 'TaskSubmitted' },
      ],
      nextToken: 'further',
    }));
    const at = STARTED.toISOString();
    expect(await executions.history(FIRST, 3, 'newest-first', 'from here')).toEqual({
      events: [
        { id: 2, previousId: 0, type: 'TaskStateEntered', at, state: 'AwaitCapture', details: { input: '{}' } },
        {
          id: 3,
          previousId: 2,
          type: 'TaskScheduled',
          at,
          details: {
            resource: 'invoke.waitForTaskToken',
            parameters: '{"Payload":{"orderId":"1","taskToken":"(hidden)"}}',
          },
        },
        { id: 4, previousId: 3, type: 'TaskSubmitted', at },
      ],
      next: 'further',
    });
    expect(asked).toEqual([{ executionArn: ARN, maxResults: 3, reverseOrder: true, nextToken: 'from here' }]);
  });

  test('is none of an execution that there is not, or not any more', async () => {
    expect(await givenExecutions({}).executions.history(FIRST, 10, 'oldest-first')).toBeUndefined();
  });

  test('is to be read from its beginning when the place of a page is too old', async () => {
    const { executions } = givenExecutions(RUNNING, () => {
      throw new InvalidToken({ message: 'Invalid Token', $metadata: {} });
    });
    await expect(executions.history(FIRST, 10, 'oldest-first', 'old')).rejects.toBeInstanceOf(PageExpired);
  });
});
