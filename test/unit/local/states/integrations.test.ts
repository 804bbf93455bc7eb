import { describe, expect, test } from 'vitest';
import { AwsError, type FunctionInvoker, type JsonObject } from '../../../../local/contracts.ts';
import { lambdaInvoke } from '../../../../local/states/integrations/lambda-invoke.ts';
import { putEvents } from '../../../../local/states/integrations/put-events.ts';

const generators = { now: () => Date.UTC(2026, 10, 21), newId: () => 'request-1' };
const context = { executionArn: 'arn:execution', stateName: 'Step', roleArn: 'arn:role', generators };

describe('lambda:invoke', () => {
  const invoke = (
    invoker: FunctionInvoker['invoke'],
    args: JsonObject = { FunctionName: 'reserve', Payload: { orderId: 'o-1' } },
  ) => lambdaInvoke({ invoke: invoker })(args, context);
  const answer = (payload: string, functionError?: 'Unhandled') => async () => ({
    statusCode: 200,
    executedVersion: '$LATEST',
    payload,
    ...(functionError ? { functionError } : {}),
  });

  test('sends the payload as JSON and gives the answer as AWS does', async () => {
    const calls: unknown[] = [];
    const result = await invoke(async (name, sent) => {
      calls.push([name, sent]);
      return answer('{"version":2}')();
    });
    expect(calls).toEqual([['reserve', '{"orderId":"o-1"}']]);
    expect(result).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: { version: 2 },
      StatusCode: 200,
      SdkHttpMetadata: {
        AllHttpHeaders: { 'x-amzn-RequestId': ['request-1'] },
        HttpHeaders: {
          'Content-Length': '13',
          Date: 'Sat, 21 Nov 2026 00:00:00 GMT',
          'X-Amz-Executed-Version': '$LATEST',
        },
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: 'request-1' },
    });
  });

  test('sends {} without a payload, and gives null for an empty answer', async () => {
    const calls: string[] = [];
    const result = await invoke(
      async (_name, payload) => {
        calls.push(payload);
        return answer('')();
      },
      { FunctionName: 'reserve' },
    );
    expect(calls).toEqual(['{}']);
    expect(result).toMatchObject({ Payload: null });
  });

  test('fails with the errorType of a function that failed, and its whole answer as the cause', async () => {
    const payload = '{"errorType":"OutOfStock","errorMessage":"none left","trace":[]}';
    await expect(invoke(answer(payload, 'Unhandled'))).rejects.toMatchObject({
      error: 'OutOfStock',
      causeText: payload,
    });
  });

  test.each(['{"errorMessage":"exit"}', 'null', 'not json'])(
    'fails as Lambda.Unknown for a function that died with %s',
    async (payload) => {
      await expect(invoke(answer(payload, 'Unhandled'))).rejects.toMatchObject({
        error: 'Lambda.Unknown',
        causeText: payload,
      });
    },
  );

  test.each([
    [new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429), 'Lambda.TooManyRequestsException'],
    [new AwsError('ResourceNotFoundException', 'Function not found', 404), 'Lambda.ResourceNotFoundException'],
    [new Error('socket closed'), 'Lambda.SdkClientException'],
  ])('names %s', async (thrown, error) => {
    const answered =
      thrown instanceof AwsError
        ? ` (Service: AWSLambda; Status Code: ${thrown.status}; Error Code: ${thrown.code}; Request ID: request-1; Proxy: null)`
        : '';
    await expect(invoke(() => Promise.reject(thrown))).rejects.toMatchObject({
      error,
      causeText: `${thrown.message}${answered}`,
    });
  });

  test('refuses arguments without a function', async () => {
    await expect(invoke(answer(''), {})).rejects.toMatchObject({ error: 'States.Runtime' });
  });
});

describe('events:putEvents', () => {
  test('puts the entries, with an object as Detail turned into JSON', async () => {
    const put: unknown[] = [];
    const answer = { Entries: [{ EventId: 'e-1' }, { EventId: 'e-2' }], FailedEntryCount: 0 };
    const result = await putEvents(async (entries) => {
      put.push(entries);
      return answer;
    })({ Entries: [{ Source: 's', DetailType: 't', Detail: { a: 1 } }, { Detail: '{"b":2}' }] }, context);
    expect(put).toEqual([[{ Source: 's', DetailType: 't', Detail: '{"a":1}' }, { Detail: '{"b":2}' }]]);
    expect(result).toEqual({
      ...answer,
      SdkHttpMetadata: expect.objectContaining({ HttpStatusCode: 200 }),
      SdkResponseMetadata: { RequestId: 'request-1' },
    });
  });

  test('fails when the bus refuses an entry', async () => {
    const answer = { Entries: [{ ErrorCode: 'InternalFailure' }], FailedEntryCount: 1 };
    await expect(putEvents(async () => answer)({ Entries: [{ Detail: {} }] }, context)).rejects.toMatchObject({
      error: 'EventBridge.FailedEntry',
      causeText: JSON.stringify(answer),
    });
  });

  test.each([
    [new AwsError('ValidationException', 'no'), 'EventBridge.ValidationException'],
    [new Error('down'), 'EventBridge.SdkClientException'],
  ])('names %s', async (thrown, error) => {
    await expect(putEvents(() => Promise.reject(thrown))({ Entries: [] }, context)).rejects.toMatchObject({ error });
  });
});
