import '../../../support/platform/function-environment.ts';
import type { CloudWatchClient, DescribeAlarmsCommand, DescribeAlarmsCommandOutput } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { CloudWatchAlarms } from '../../../../functions/operations/adapters/cloudwatch-alarms.ts';
import { makeHandler } from '../../../../functions/operations/list-alarms.ts';
import { apiEvent, lambdaContext, operator } from '../../../support/api/invocations.ts';

const alarm = (name: string, StateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA', severity = 'warning') => ({
  AlarmName: name,
  AlarmDescription: `${severity}: It broke. Runbook: docs/runbooks/it.md`,
  StateValue,
  StateReason: 'Because.',
  StateTransitionedTimestamp: new Date('2026-01-31T12:00:00Z'),
});

async function listed(pages: readonly object[]): Promise<unknown> {
  let page = 0;
  const client = {
    send: async ({ input }: DescribeAlarmsCommand): Promise<Partial<DescribeAlarmsCommandOutput>> => {
      expect(input).toMatchObject({ AlarmNamePrefix: 'Waybill-', NextToken: page === 0 ? undefined : String(page) });
      page += 1;
      return { ...pages[page - 1], ...(page < pages.length ? { NextToken: String(page) } : {}) };
    },
  };
  const alarms = new CloudWatchAlarms(client as unknown as CloudWatchClient);
  const event = apiEvent({ path: '/api/v1/alarms', caller: operator('orders:read') });
  const { body } = await makeHandler({ alarms })(event, lambdaContext());
  return (JSON.parse(body) as { alarms: unknown }).alarms;
}

test('Alarms are listed with severity and runbook, those that have gone off first', async () => {
  const found = (await listed([
    { MetricAlarms: [alarm('calm', 'OK', 'critical'), alarm('new', 'INSUFFICIENT_DATA')] },
    { MetricAlarms: [alarm('loud', 'ALARM'), alarm('louder', 'ALARM', 'critical')] },
  ])) as { name: string; state: string }[];
  expect(found.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'louder alarm',
    'loud alarm',
    'calm ok',
    'new unknown',
  ]);
  expect(found[0]).toEqual({
    name: 'louder',
    state: 'alarm',
    severity: 'critical',
    description: 'It broke.',
    runbook: 'docs/runbooks/it.md',
    reason: 'Because.',
    since: '2026-01-31T12:00:00.000Z',
  });
});

test('Alarms of other apps are not listed', async () => {
  expect(await listed([{ MetricAlarms: [{ ...alarm('other', 'ALARM'), AlarmDescription: 'Theirs' }] }])).toEqual([]);
});

test('Alarms that are made of others are listed, and their parts are not', async () => {
  const part = { ...alarm('part', 'ALARM'), AlarmDescription: 'A part of the alarm whole, which calls.' };
  const found = await listed([
    { MetricAlarms: [part, alarm('other', 'OK')], CompositeAlarms: [alarm('whole', 'ALARM')] },
  ]);
  expect((found as { name: string }[]).map(({ name }) => name)).toEqual(['whole', 'other']);
});
