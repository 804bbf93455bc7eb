import '../../../support/platform/function-environment.ts';
import { ExecutionAlreadyExists, type SFNClient, type StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { StepFunctionsSaga } from '../../../../functions/orders/adapters/step-functions-saga.ts';
import { makeHandler as makeItemsChangeStarter } from '../../../../functions/orders/start-items-change.ts';
import { makeHandler as makeStarter } from '../../../../functions/orders/start-order-saga.ts';
import type { RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { lambdaContext, sqsEvent } from '../../../support/api/invocations.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { CHANGE_ID, changeRequested, created, EVENTS, ORDER_ID, streamOf } from '../../../support/orders/streams.ts';

const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:order-saga:live';

describe('Starting the saga', () => {
  const stream = streamOf([created()]);
  const started = async (error?: Error) => {
    const inputs: StartExecutionCommand['input'][] = [];
    const send = async ({ input }: StartExecutionCommand) => {
      inputs.push(input);
      if (error) throw error;
      return {};
    };
    const saga = new StepFunctionsSaga(ARN, { send } as unknown as SFNClient);
    return { inputs, handler: makeStarter({ log: await InMemoryOrderLog.of(stream), saga }) };
  };

  test('names the execution after the order, and passes ids only', async () => {
    const { inputs, handler } = await started();
    expect(await handler(sqsEvent(stream[0]!), lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(inputs).toEqual([{ stateMachineArn: ARN, name: ORDER_ID, input: JSON.stringify({ orderId: ORDER_ID }) }]);
  });

  test('succeeds when the saga was started before, with this input or with that of an older release', async () => {
    const { handler } = await started(new ExecutionAlreadyExists({ message: 'exists', $metadata: {} }));
    expect(await handler(sqsEvent(stream[0]!), lambdaContext())).toEqual({ batchItemFailures: [] });
  });

  test('returns the message to the queue when Step Functions does not answer', async () => {
    const { handler } = await started(Object.assign(new Error('busy'), { name: 'ThrottlingException' }));
    expect(await handler(sqsEvent(stream[0]!), lambdaContext())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
  });

  test('returns only the messages that are no events of an order', async () => {
    const { inputs, handler } = await started();
    const [event] = stream;
    const batch = sqsEvent(
      'not JSON',
      event!,
      JSON.stringify({ 'detail-type': 'OrderCreated', detail: { ...event, orderId: 'x' } }),
    );
    expect(await handler(batch, lambdaContext())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-2' }],
    });
    expect(inputs).toHaveLength(1);
  });
});

describe('Starting the saga of a change of items', () => {
  const request: RecordedOrderEvent = { ...changeRequested(), orderId: ORDER_ID, version: 3 };
  const logWith = (event: RecordedOrderEvent) =>
    InMemoryOrderLog.of([...streamOf([created(), EVENTS.reserved]), event]);

  test('names the execution after order and change, and passes ids only', async () => {
    const inputs: StartExecutionCommand['input'][] = [];
    const send = async ({ input }: StartExecutionCommand) => void inputs.push(input);
    const saga = new StepFunctionsSaga(ARN, { send } as unknown as SFNClient);
    const handler = makeItemsChangeStarter({ log: await logWith(request), saga });
    expect(await handler(sqsEvent(request), lambdaContext())).toEqual({ batchItemFailures: [] });
    const name = `${ORDER_ID}_${CHANGE_ID}`;
    expect(inputs).toEqual([
      { stateMachineArn: ARN, name, input: JSON.stringify({ orderId: ORDER_ID, changeId: CHANGE_ID }) },
    ]);
    expect(name.length).toBeLessThanOrEqual(80);
  });

  test('starts the change that the log has, whatever the message says', async () => {
    const names: string[] = [];
    const saga = { start: async (name: string) => void names.push(name) };
    const handler = makeItemsChangeStarter({ log: await logWith(request), saga });
    const forged = { ...request, data: { changeId: 'x' } } as unknown as RecordedOrderEvent;
    expect(await handler(sqsEvent(forged), lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(names).toEqual([`${ORDER_ID}_${CHANGE_ID}`]);
  });
});
