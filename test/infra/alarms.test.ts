import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Resource, ROOT, synthesizedAssembly, type Template } from './support/assembly.ts';

const RUNBOOKS = path.join(ROOT, 'docs/runbooks');
const PARTS = ['Meaning', 'Who is affected', 'What to check', 'What to do', 'How to know it is over'];

const assembly = synthesizedAssembly();
const composites = assembly.all('AWS::CloudWatch::CompositeAlarm');
/** They call nobody by themselves. */
const parts = composites.flatMap(({ properties }) => assembly.targetsIn(properties.AlarmRule));
const isPart = ({ id }: Resource) => parts.some((part) => part.id === id);
const alarms = [...assembly.all('AWS::CloudWatch::Alarm').filter((each) => !isPart(each)), ...composites];
const onMetrics = assembly.all('AWS::CloudWatch::Alarm');
const descriptionOf = ({ properties }: Resource) =>
  /^(critical|warning): ([A-Z].*\.) Runbook: docs\/runbooks\/([a-z-]+)\.md$/.exec(String(properties.AlarmDescription));
const runbookOf = (alarm: Resource) => descriptionOf(alarm)?.[3] ?? '';
const runbooks = readdirSync(RUNBOOKS).filter((file) => file !== 'README.md');

/** The template that a resource is in. */
const stackOf = (id: string): Template => [...assembly.stacks.values()].find(({ Resources }) => id in Resources)!;

describe('Every alarm', () => {
  test.each(alarms)('says how severe it is, what has happened, and which runbook to open: $id', (alarm) => {
    expect(descriptionOf(alarm)).not.toBeNull();
    expect(existsSync(path.join(RUNBOOKS, `${runbookOf(alarm)}.md`))).toBe(true);
  });

  test.each(alarms)('reaches people when it goes off and when it is over: $id', ({ properties }) => {
    const [{ id: topic }] = assembly.all('AWS::SNS::Topic') as [Resource];
    for (const actions of [properties.AlarmActions, properties.OKActions] as unknown[][]) {
      expect(actions).toEqual([{ 'Fn::If': ['OwnAlarmTopic', expect.anything(), { Ref: 'AlarmTopicArn' }] }]);
      const [, own] = (actions[0] as { readonly 'Fn::If': readonly unknown[] })['Fn::If'];
      expect(assembly.target(own)).toBe(topic);
    }
  });

  test.each(alarms)(
    'asks the stack that it is in whose topic it is, so that every deployment may choose another: $id',
    ({ id }) => {
      const { Conditions, Parameters } = stackOf(id);
      expect(Conditions?.OwnAlarmTopic).toEqual({ 'Fn::Equals': [{ Ref: 'AlarmTopicArn' }, 'none'] });
      expect(Parameters.AlarmTopicArn).toMatchObject({ Default: 'none' });
    },
  );

  test.each(parts)('that is a part of another calls nobody, and names the one that does: $id', ({ id, properties }) => {
    expect([properties.AlarmActions, properties.OKActions]).toEqual([undefined, undefined]);
    const [, whole] = /^A part of the alarm (\w+), which calls\.$/.exec(String(properties.AlarmDescription))!;
    const calling = composites.find(({ properties: { AlarmName } }) => AlarmName === `Waybill-${whole}`)!;
    expect(assembly.targetsIn(calling.properties.AlarmRule).map((part) => part.id)).toContain(id);
  });

  test.each(onMetrics)('takes missing data as good, so that a quiet night wakes nobody: $id', ({ properties }) => {
    expect(properties.TreatMissingData).toBe('notBreaching');
  });
});

describe('The topic of alarms', () => {
  test('of our own is there also where the account has another one, because other stacks import it; it is subscribed to only where it is used', () => {
    const { Conditions, Resources } = assembly.stateless as unknown as {
      Conditions: Record<string, unknown>;
      Resources: Record<string, { Type: string; Condition?: string }>;
    };
    const topics = Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::SNS::'));
    expect(topics.map(({ Type, Condition }) => [Type, Condition])).toEqual([
      ['AWS::SNS::Topic', undefined],
      ['AWS::SNS::TopicPolicy', undefined],
      ['AWS::SNS::Subscription', 'AlarmsByEmail'],
    ]);
    expect(JSON.stringify(Conditions.AlarmsByEmail)).toContain('{"Condition":"OwnAlarmTopic"}');
  });

  test('lets the alarms of this account publish, and nobody in plain text', () => {
    const [{ properties }] = assembly.all('AWS::SNS::TopicPolicy') as [Resource];
    expect(properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]);
  });
});

describe('Runbooks', () => {
  test.each(runbooks)(
    'say what the alarm means, whom it affects, what to check, what to do and when it is over: %s',
    (file) => {
      const sections = readFileSync(path.join(RUNBOOKS, file), 'utf8').split(/^## /m);
      expect(sections.slice(1).map((section) => section.split('\n')[0])).toEqual(PARTS);
      for (const section of sections.slice(1)) expect(section).toMatch(/\n\n\S/);
    },
  );

  test('belong to an alarm, and each is in the list', () => {
    const called = new Set(alarms.map(runbookOf));
    const list = readFileSync(path.join(RUNBOOKS, 'README.md'), 'utf8');
    for (const file of runbooks) {
      expect(called).toContain(path.basename(file, '.md'));
      expect(list).toContain(`(${file})`);
    }
  });
});

describe('What AWS refuses because it is too much', () => {
  test.each(assembly.all('AWS::DynamoDB::Table'))('has an alarm: $id', ({ id }) => {
    for (const metric of ['ReadThrottleEvents', 'WriteThrottleEvents']) {
      expect(assembly.alarmsOn(metric, id)).toHaveLength(1);
    }
  });

  test('has an alarm for all functions together, which take concurrency from each other', () => {
    const throttles = alarms.filter(({ properties }) => properties.MetricName === 'Throttles');
    expect(throttles.map(({ properties }) => [properties.Namespace, properties.Dimensions])).toEqual([
      ['AWS/Lambda', undefined],
    ]);
  });
});
