import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../local/contracts.ts';
import { guardedIntegrations } from '../../../../local/iam/guarded-integrations.ts';
import { Policies } from '../../../../local/iam/policies.ts';
import { fakeInvoker } from '../apigateway/served-api.ts';

const place = { region: 'us-east-1', account: '000000000000' };
const caller = {
  executionArn: 'arn:aws:states:us-east-1:000000000000:execution:saga:o1',
  stateName: 'Step',
  roleArn: 'arn:aws:iam::000000000000:role/saga',
};

/** What state machines can call, and what was called. */
function integrations(...granted: readonly (readonly [string, string])[]) {
  const policies = new Policies();
  for (const [Action, Resource] of granted) {
    policies.attach('saga', { Statement: { Effect: 'Allow', Action, Resource } });
  }
  const put: JsonObject[] = [];
  const invoked: JsonObject[] = [];
  const all = guardedIntegrations(
    {
      invoker: fakeInvoker({ step: () => ({ version: 2 }) }, invoked),
      putEvents: async (entries) => {
        put.push(...entries);
        return { FailedEntryCount: 0, Entries: [] };
      },
    },
    policies,
    place,
  );
  return {
    invoke: all['arn:aws:states:::lambda:invoke']!,
    putEvents: all['arn:aws:states:::events:putEvents']!,
    put,
    invoked,
  };
}

const STEP = { FunctionName: 'step', Payload: { orderId: 'o1' } };
const PARKED = { Entries: [{ EventBusName: 'orders', Source: 's', DetailType: 'd', Detail: {} }] };

test('A state machine calls what its role allows', async () => {
  const { invoke, putEvents, put } = integrations(
    ['lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:000000000000:function:step'],
    ['events:PutEvents', 'arn:aws:events:us-east-1:000000000000:event-bus/orders'],
  );
  expect(await invoke(STEP, caller)).toMatchObject({ StatusCode: 200, Payload: { version: 2 } });
  await putEvents(PARKED, caller);
  expect(put).toHaveLength(1);
});

test('A missing grant fails the task as on AWS, and nothing is called', async () => {
  const { invoke, putEvents, put, invoked } = integrations([
    'lambda:InvokeFunction',
    'arn:aws:lambda:us-east-1:000000000000:function:other',
  ]);
  const user = 'User: arn:aws:sts::000000000000:assumed-role/saga/o1 is not authorized to perform';
  await expect(invoke(STEP, caller)).rejects.toMatchObject({
    error: 'Lambda.AWSLambdaException',
    causeText: expect.stringContaining(`${user}: lambda:InvokeFunction`),
  });
  await expect(putEvents(PARKED, caller)).rejects.toMatchObject({
    error: 'EventBridge.AccessDeniedException',
    causeText: expect.stringContaining(`${user}: events:PutEvents`),
  });
  expect([...invoked, ...put]).toEqual([]);
});
