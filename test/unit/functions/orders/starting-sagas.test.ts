import '../../../support/platform/function-environment.ts';
import { ExecutionAlreadyExists, type SFNClient, type StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { StepFunctionsSaga } from '../../../../functions/orders/adapters/step-functions-saga.ts';
import { makeHandler as makeItemsChangeStarter } from '../../../../functions/orders/start-items-change.ts';
import { makeHandler as makeStarter } from '../../../../functions/orders/start-order-saga.ts';
import { lambdaContext, sqsEvent } from '../../../support/api/invocations.ts';
import { CHANGE_ID, changeRequested, created, ORDER_ID, streamOf } from '../../../support/orders/streams.ts';

const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:order-saga:live';

describe('Starting the saga', () => {
  const started = (error?: Error) => {
    const inputs: StartExecutionCommand['input'][] = [];
    const send = async ({ input }: StartExecutionCommand) => {
      inputs.push(input);
      if (error) throw error;
      return {};
    };
    return { inputs, handler: makeStarter({ saga: new StepFunctionsSaga(ARN, { send } as unknown as SFNClient) }) };
  };

  test('names the execution after the order, and passes ids only', async () => {
    const { inputs, handler } = started();
    expect(await handler(sqsEvent(streamOf([created()])[0]!), lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(inputs).toEqual([{ stateMachineArn: ARN, name: ORDER_ID, input: JSON.stringify({ orderId: ORDER_ID }) }]);
  });

  test('succeeds when the saga was started before, with this input or with that of an older release', async () => {
    const { handler } = started(new ExecutionAlreadyExists({ message: 'exists', $metadata: {} }));
    expect(await handler(sqsEvent(streamOf([created()])[0]!), lambdaContext())).toEqual({ batchItemFailures: [] });
  });

  test('returns the message to the queue when Step Functions does not answer', async () => {
    const { handler } = started(Object.assign(new Error('busy'), { name: 'ThrottlingException' }));
    expect(await handler(sqsEvent(streamOf([created()])[0]!), lambdaContext())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
  });

  test('returns only the messages that are no events of an order', async () => {
    const { inputs, handler } = started();
    const [event] = streamOf([created()]);
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
  const request = { ...changeRequested(), orderId: ORDER_ID, version: 3 };

  test('names the execution after order and change, and passes ids only', async () => {
    const inputs: StartExecutionCommand['input'][] = [];
    const send = async ({ input }: StartExecutionCommand) => void inputs.push(input);
    const handler = makeItemsChangeStarter({ saga: new StepFunctionsSaga(ARN, { send } as unknown as SFNClient) });
    expect(await handler(sqsEvent(request), lambdaContext())).toEqual({ batchItemFailures: [] });
    const name = `${ORDER_ID}_${CHANGE_ID}`;
    expect(inputs).toEqual([
      { stateMachineArn: ARN, name, input: JSON.stringify({ orderId: ORDER_ID, changeId: CHANGE_ID }) },
    ]);
    expect(name.length).toBeLessThanOrEqual(80);
  });

  test('returns a message that names no change', async () => {
    const handler = makeItemsChangeStarter({ saga: { start: async () => {} } });
    const nameless = { ...request, data: { ...request.data, changeId: 'x' } };
    expect(await handler(sqsEvent(nameless), lambdaContext())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
  });
});
