import { describe, expect, test } from 'vitest';
import type { EndpointAnswer, EndpointRequest, JsonObject } from '../../../../local/contracts.ts';
import { lambdaOperation } from '../../../../local/lambda/operations.ts';

/** What Lambda's API is asked for. */
async function asked(operation: string, input: JsonObject, answer: Partial<EndpointAnswer> = {}) {
  const requests: EndpointRequest[] = [];
  const answered = await lambdaOperation(operation, input, (request) => {
    requests.push(request);
    return { operation, input, answer: async () => ({ status: 200, headers: {}, body: '{"a":1}', ...answer }) };
  });
  return { answered, request: requests[0]! };
}

describe('Operations of Lambda by name', () => {
  test('invoke a function', async () => {
    const headers = { 'x-amz-executed-version': '7', 'x-amz-function-error': 'Unhandled' };
    const { answered, request } = await asked(
      'Invoke',
      { FunctionName: 'arn:f:1', Qualifier: 'live', Payload: '{"b":2}', InvocationType: 'Event' },
      { headers, status: 202 },
    );
    expect(request).toEqual({
      method: 'POST',
      path: '/2015-03-31/functions/arn%3Af%3A1/invocations?Qualifier=live',
      headers: { 'x-amz-invocation-type': 'Event' },
      body: '{"b":2}',
    });
    expect(answered).toEqual({
      ExecutedVersion: '7',
      FunctionError: 'Unhandled',
      Payload: '{"a":1}',
      StatusCode: 202,
    });
  });

  test.each<[string, JsonObject, string]>([
    ['ListFunctions', { MaxItems: 5, Marker: '5' }, '/2015-03-31/functions/?Marker=5&MaxItems=5'],
    ['GetFunction', { FunctionName: 'f' }, '/2015-03-31/functions/f'],
    ['GetAlias', { FunctionName: 'f', Name: 'live' }, '/2015-03-31/functions/f/aliases/live'],
  ])('%s reads', async (operation, input, path) => {
    const { answered, request } = await asked(operation, input);
    expect(request).toEqual({ method: 'GET', path, headers: {}, body: '' });
    expect(answered).toEqual({ a: 1 });
  });

  test.each<[string, JsonObject, string]>([
    ['DeleteFunction', { FunctionName: 'f' }, 'has no operation DeleteFunction'],
    ['GetFunction', {}, 'needs the field FunctionName'],
    ['GetFunction', { FunctionName: 'f', Color: 1 }, 'does not have the field Color'],
    ['Invoke', { FunctionName: 'f', ClientContext: 'e30=' }, 'does not have the field ClientContext'],
  ])('refuse %s of %j', async (operation, input, why) => {
    await expect(asked(operation, input)).rejects.toThrow(why);
  });
});
