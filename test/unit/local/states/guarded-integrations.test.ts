import { afterAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { IamService } from '../../../../local/iam/service.ts';
import { guardedIntegrations } from '../../../../local/states/integrations/guarded.ts';
import { allServices } from '../all-services.ts';
import { fakeInvoker } from '../apigateway/served-api.ts';
import { grant } from '../iam/grant.ts';
import { LOCATION } from '../resource-making.ts';

const services = allServices();
afterAll(() => services.remove());
const caller = {
  executionArn: 'arn:aws:states:us-east-1:000000000000:execution:saga:o1',
  stateName: 'Step',
  roleArn: 'arn:aws:iam::000000000000:role/saga',
  generators: { now: () => 0, newId: () => 'request-1' },
};

/** What state machines can call, and what was called. */
function integrations(...granted: readonly (readonly [string, string])[]) {
  const iam = new IamService(LOCATION);
  for (const [Action, Resource] of granted) grant(iam, 'saga', Action, Resource);
  const put: JsonObject[] = [];
  const invoked: JsonObject[] = [];
  const permissionsOf = (service: string) => (operation: string, input: JsonObject) =>
    services.named(service).permissions!(operation, input);
  const all = guardedIntegrations({
    lambda: { ...fakeInvoker({ step: () => ({ version: 2 }) }, invoked), permissions: permissionsOf('lambda') },
    services: [
      {
        name: 'events',
        handle: async (_operation, { Entries }) => {
          put.push(...(Entries as JsonObject[]));
          return { FailedEntryCount: 0, Entries: [] };
        },
        permissions: permissionsOf('events'),
      },
    ],
    iam,
  });
  return {
    invoke: all('arn:aws:states:::lambda:invoke')!,
    putEvents: all('arn:aws:states:::events:putEvents')!,
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
