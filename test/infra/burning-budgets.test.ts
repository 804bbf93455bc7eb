/** The alarms on error budgets, as they are synthesized, on the CloudWatch of the embedded runtime in virtual time. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../local/contracts.ts';
import { cloudWatch, TOPIC } from '../unit/local/cloudwatch/alarms.ts';
import { synthesizedAssembly } from './support/assembly.ts';

const { Resources } = synthesizedAssembly().stacks.get('Waybill-OnCall')!;
const REQUESTS = { ApiName: 'Api', Resource: '/api/v1/orders', Method: 'POST', Stage: 'live' };

/** What CloudFormation makes of a property when the alarms of `arns` are there. */
function resolved(value: unknown, arns: ReadonlyMap<string, string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => resolved(each, arns));
  if ('Fn::GetAtt' in value) return arns.get((value['Fn::GetAtt'] as [string])[0]);
  if ('Fn::ImportValue' in value) return TOPIC;
  if ('Fn::Join' in value) return (resolved((value['Fn::Join'] as unknown[])[1], arns) as string[]).join('');
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, arns)]));
}

async function onCall() {
  const given = cloudWatch();
  const arns = new Map<string, string>();
  for (const type of ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']) {
    for (const [logicalId, { Type, Properties }] of Object.entries(Resources)) {
      if (Type !== type) continue;
      const made = await given.make(type, resolved(Properties, arns) as JsonObject, { logicalId });
      arns.set(logicalId, String(made.attributes?.Arn));
    }
  }
  given.service.resume();
  await given.pass(1);
  given.told.length = 0;
  return {
    ...given,
    /** Functions count so much in the minute that ends now. */
    async counted(values: Readonly<Record<string, number>>): Promise<void> {
      for (const [name, value] of Object.entries(values)) {
        given.metrics.put({ namespace: 'Waybill', name, dimensions: {}, value });
      }
      await given.pass(1);
    },
    /** API Gateway answers so many requests for orders, and so many of them with a 5xx. */
    async answered(requests: number, failed: number): Promise<void> {
      for (const [name, value] of Object.entries({ Count: requests, '5XXError': failed })) {
        given.metrics.put({ namespace: 'AWS/ApiGateway', name, dimensions: REQUESTS, value });
      }
      await given.pass(1);
    },
    /** What people were told since then, such as `ALARM: "Waybill-OrdersInTimeFast"`. */
    heard: () => given.told.splice(0).map(({ subject }) => subject),
  };
}

describe('People on call', () => {
  test('hear at once when orders are late, and that it is over soon after; the slow alarm goes on for two hours', async () => {
    const given = await onCall();
    await given.counted({ OrdersInTime: 20, OrdersLate: 6 });
    expect(given.heard()).toEqual(['ALARM: "Waybill-OrdersInTimeFast"', 'ALARM: "Waybill-OrdersInTimeSlow"']);
    await given.pass(5);
    expect(given.heard()).toEqual(['OK: "Waybill-OrdersInTimeFast"']);
    await given.pass(113);
    expect(given.heard()).toEqual([]);
    await given.pass(2);
    expect(given.heard()).toEqual(['OK: "Waybill-OrdersInTimeSlow"']);
  });

  test('sleep when a few of a few orders are late', async () => {
    const given = await onCall();
    await given.counted({ OrdersInTime: 2, OrdersLate: 4 });
    expect(given.heard()).toEqual([]);
  });

  test('sleep when of many orders no more are late than may be', async () => {
    const given = await onCall();
    await given.counted({ OrdersInTime: 1_000, OrdersLate: 10 });
    expect(given.heard()).toEqual([]);
  });

  test('hear in working hours when a budget burns slowly', async () => {
    const given = await onCall();
    await given.counted({ OrdersPlaced: 1_000, TasksOpened: 5, OrdersInTime: 1_000, OrdersLate: 40 });
    expect(given.heard().sort()).toEqual(['ALARM: "Waybill-NothingParkedSlow"', 'ALARM: "Waybill-OrdersInTimeSlow"']);
  });

  test('hear when requests for orders are answered with a 5xx, and not of any other request', async () => {
    const given = await onCall();
    given.metrics.put({ namespace: 'AWS/ApiGateway', name: '5XXError', dimensions: { ApiName: 'Api' }, value: 100 });
    await given.answered(1_000, 2);
    expect(given.heard()).toEqual([]);
    await given.answered(0, 18);
    expect(given.heard()).toEqual(['ALARM: "Waybill-OrdersAcceptedFast"', 'ALARM: "Waybill-OrdersAcceptedSlow"']);
  });
});
