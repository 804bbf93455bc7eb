import { describe, expect, test } from 'vitest';
import { type Notification, SnsService } from '../../../../local/sns/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { makerOf } from '../resource-making.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:Shop-Thing';
const EMAIL = { TopicArn: TOPIC, Protocol: 'email', Endpoint: 'desk@example.com' };

function givenTopics(context = testContext(new VirtualClock())) {
  const sns = new SnsService(context);
  return { sns, context, make: makerOf(sns.resources) };
}

describe('A topic', () => {
  test('keeps what it is told, the newest first, with the addresses that AWS would send it to', async () => {
    const { sns, context, make } = givenTopics();
    expect(await make('AWS::SNS::Topic')).toEqual({
      ref: TOPIC,
      attributes: { TopicArn: TOPIC, TopicName: 'Shop-Thing' },
    });
    sns.publish(TOPIC, 'first', 'nobody has subscribed');
    await make('AWS::SNS::Subscription', EMAIL);
    sns.publish(TOPIC, 'second', 'to an address');
    const at = context.clock.now();
    expect(sns.notifications()).toEqual([
      { topicArn: TOPIC, subject: 'second', message: 'to an address', at, emails: ['desk@example.com'] },
      { topicArn: TOPIC, subject: 'first', message: 'nobody has subscribed', at, emails: [] },
    ]);
    expect(context.meter.of('sns.published', TOPIC)).toBe(2);
    expect(context.meter.of('sns.emails', TOPIC)).toBe(1);
  });

  test('still has its notifications after a restart, and not for ever', async () => {
    const { sns, context, make } = givenTopics();
    await make('AWS::SNS::Topic');
    for (let each = 1; each <= 250; each += 1) sns.publish(TOPIC, String(each), 'again');
    const kept = givenTopics(context).sns.notifications();
    expect([kept.length, kept[0]?.subject]).toEqual([200, '250']);
  });

  test('tells those that listen, until they stop', async () => {
    const { sns, make } = givenTopics();
    await make('AWS::SNS::Topic');
    const heard: Notification[] = [];
    const stop = sns.subscribe((notification) => heard.push(notification));
    sns.publish(TOPIC, 'heard', 'x');
    stop();
    sns.publish(TOPIC, 'not heard', 'x');
    expect(heard.map(({ subject }) => subject)).toEqual(['heard']);
  });

  test('that does not exist is told nothing', () => {
    expect(() => givenTopics().sns.publish(TOPIC, 'x', 'y')).toThrow(`Topic does not exist: ${TOPIC}`);
  });
});

describe('A subscription', () => {
  test('of anything but an address is refused', async () => {
    const { make } = givenTopics();
    await make('AWS::SNS::Topic');
    await expect(make('AWS::SNS::Subscription', { ...EMAIL, Protocol: 'sms' })).rejects.toThrow(/protocol is sms/);
    await expect(make('AWS::SNS::Subscription', { ...EMAIL, FilterPolicy: {} })).rejects.toThrow(/FilterPolicy/);
  });
});
