import { describe, expect, test } from 'vitest';
import { TOLD_TYPES } from '../../functions/published/notifications.ts';
import { DEFAULT_CONFIGURATION } from '../../functions/shared/configuration/document.ts';
import { delayAfter } from '../../functions/shared/edge/back-off.ts';
import { IDEMPOTENCY_KEPT_SECONDS } from '../../functions/shared/edge/idempotency.ts';
import { SAGAS } from '../support/saga/definition.ts';
import { type Resource, synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();
const queues = assembly.all('AWS::SQS::Queue');
const rules = assembly.all('AWS::Events::Rule');
const sources = assembly.all('AWS::Lambda::EventSourceMapping');
const targets = rules.flatMap((rule) =>
  (rule.properties.Targets as { Arn: unknown; DeadLetterConfig?: { Arn: unknown } }[]).map((target) => ({
    rule: rule.id,
    ...target,
  })),
);
const redriveTarget = ({ properties }: Resource) =>
  properties.RedrivePolicy && assembly.target(properties.RedrivePolicy.deadLetterTargetArn);
const failureTarget = ({ properties }: Resource) =>
  properties.DestinationConfig && assembly.target(properties.DestinationConfig.OnFailure.Destination);
interface QueueStatement {
  Effect: string;
  Principal: unknown;
  Condition: { ArnEquals: { 'aws:SourceArn': unknown } };
}
const policiesOf = (queueId: string): { Statement: unknown[] }[] =>
  assembly
    .all('AWS::SQS::QueuePolicy')
    .filter(({ properties }) => (properties.Queues as unknown[]).some((queue) => assembly.target(queue) === queueId))
    .map(({ properties }) => properties.PolicyDocument);
const deadLetterQueues = new Set([
  ...queues.map(redriveTarget),
  ...sources.map(failureTarget),
  ...targets.map(({ DeadLetterConfig }) => DeadLetterConfig && assembly.target(DeadLetterConfig.Arn)),
]);
/** For people to look into: no function consumes them. */
const holdingQueues = ['ParkedOrdersQueue', 'SagaFailuresQueue'].map(
  (name) => assembly.one('AWS::SQS::Queue', name).id,
);
const consumed = queues.filter(({ id }) => !deadLetterQueues.has(id) && !holdingQueues.includes(id));

describe('Queues', () => {
  test.each(consumed)('give up on a message after a few tries, and keep it: $id', (queue) => {
    expect(redriveTarget(queue)).toBeDefined();
    expect(queue.properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(3);
  });
  test('come again for refunds longer than the gateway is asked, at the intervals that the function sets', () => {
    const { id, properties } = assembly.one('AWS::SQS::Queue', 'RefundsQueue');
    const { Environment, Role } = assembly.one('AWS::Lambda::Function', 'RefundPayment').properties;
    expect(assembly.target(Environment.Variables.RETRY_QUEUE_URL)).toBe(id);
    const changes = assembly
      .statementsOf(assembly.target(Role))
      .filter(({ actions }) => actions.includes('sqs:ChangeMessageVisibility'));
    expect(changes.flatMap(({ resources }) => resources.map((resource) => assembly.target(resource)))).toEqual([id]);
    const { maxReceiveCount } = properties.RedrivePolicy as { maxReceiveCount: number };
    const intervals = Array.from({ length: maxReceiveCount }, (_, index) => delayAfter(index + 1));
    const seconds = intervals.reduce((sum, each) => sum + each, 0);
    expect(seconds).toBeGreaterThan(2 * DEFAULT_CONFIGURATION.recovery.compensationLimitSeconds);
  });

  const holding = queues.filter((queue) => !consumed.includes(queue));
  test.each(holding)('that hold what failed raise an alarm at the first message: $id', ({ id, properties }) => {
    const [alarm] = assembly.alarmsOn('ApproximateNumberOfMessagesVisible', id);
    expect(alarm?.properties).toMatchObject({
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
    });
    expect(properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });

  test.each(queues)('are encrypted and take no plain-text connection: $id', ({ id, properties }) => {
    expect(properties.SqsManagedSseEnabled).toBe(true);
    const [document, ...others] = policiesOf(id);
    expect(others).toEqual([]);
    expect(document!.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  test('that wait for a person are found by their outputs', () => {
    const outputs = ['ParkedOrdersQueueUrl', 'SagaFailuresQueueUrl'].map((name) =>
      assembly.target(assembly.stateless.Outputs[name]?.Value),
    );
    expect(outputs).toEqual(holdingQueues);
  });
});

describe('Rules', () => {
  test.each(targets)(
    'deliver to a queue, or on schedule to a function as well, and keep what they cannot deliver: $rule',
    ({ rule, Arn, DeadLetterConfig }) => {
      const onSchedule = assembly.resource(rule).properties.ScheduleExpression !== undefined;
      const kinds = onSchedule ? ['AWS::Lambda::Function', 'AWS::SQS::Queue'] : ['AWS::SQS::Queue'];
      expect(kinds).toContain(assembly.resource(assembly.target(Arn)).type);
      expect(DeadLetterConfig).toBeDefined();
    },
  );

  /** The rules that send to the queue, or leave there what they could not deliver. */
  const rulesFor = (queue: string): string[] => [
    ...new Set(
      targets
        .filter(({ Arn, DeadLetterConfig }) =>
          [Arn, DeadLetterConfig?.Arn].some((arn) => assembly.target(arn) === queue),
        )
        .map(({ rule }) => rule),
    ),
  ];

  test.each(rules)('may send to their queues, and no other sender may: $id', ({ id, properties }) => {
    for (const { Arn, DeadLetterConfig } of properties.Targets as {
      Arn: unknown;
      DeadLetterConfig: { Arn: unknown };
    }[]) {
      for (const queue of [Arn, DeadLetterConfig.Arn].map((arn) => assembly.target(arn))) {
        if (assembly.resource(queue).type !== 'AWS::SQS::Queue') continue;
        const allowed = policiesOf(queue)
          .flatMap((document) => document.Statement as QueueStatement[])
          .filter(({ Effect }) => Effect === 'Allow');
        expect(
          allowed.map(({ Principal, Condition }) => [Principal, assembly.target(Condition.ArnEquals['aws:SourceArn'])]),
        ).toEqual(rulesFor(queue).map((rule) => [{ Service: 'events.amazonaws.com' }, rule]));
        expect(rulesFor(queue)).toContain(id);
      }
    }
  });

  test.each([
    [
      'SagaStarts',
      {
        source: ['waybill.orders'],
        'detail-type': ['OrderCreated', 'OrderApproved'],
        detail: { data: { review: [{ exists: false }] } },
      },
    ],
    ['ItemsChangeStarts', { source: ['waybill.orders'], 'detail-type': ['ItemsChangeRequested'] }],
    ['Refunds', { source: ['waybill.orders'], 'detail-type': ['RefundRequested', 'PaymentRefunded', 'TaskResumed'] }],
    ['OrderViewUpdates', { source: ['waybill.orders'] }],
    [
      'CustomerNotifications',
      {
        source: ['waybill.orders'],
        'detail-type': [...TOLD_TYPES],
      },
    ],
  ])('choose the events of %s from our bus', (name, pattern) => {
    const { EventPattern, EventBusName } = assembly.one('AWS::Events::Rule', `${name}Rule`).properties;
    expect(EventPattern).toEqual(pattern);
    expect(assembly.target(EventBusName)).toBe(assembly.one('AWS::Events::EventBus', 'Bus').id);
  });

  test('hear of sagas that did not end well from AWS itself', () => {
    const { EventPattern, EventBusName } = assembly.one('AWS::Events::Rule', 'SagaFailuresRule').properties;
    expect(EventBusName).toBeUndefined();
    expect(EventPattern).toMatchObject({
      source: ['aws.states'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    });
    const watched = (EventPattern.detail.stateMachineArn as unknown[]).map((arn) => assembly.target(arn));
    expect(new Set(watched)).toEqual(new Set(assembly.all('AWS::StepFunctions::StateMachine').map(({ id }) => id)));
  });
});

describe('Event sources', () => {
  test.each(sources)('repeat the failed part of a batch only: $id', ({ properties }) => {
    expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  test.each(sources)('may be read by their function: $id', ({ properties }) => {
    const source = assembly.target(properties.EventSourceArn);
    const role = assembly.target(assembly.resource(assembly.target(properties.FunctionName)).properties.Role);
    const actions = assembly
      .statementsOf(role)
      .filter(({ resources }) =>
        resources.some(
          (resource) => resource !== '*' && JSON.stringify(resource) === JSON.stringify(properties.EventSourceArn),
        ),
      )
      .flatMap((statement) => statement.actions);
    expect(actions).toEqual(
      expect.arrayContaining(
        assembly.resource(source).type === 'AWS::SQS::Queue'
          ? ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
          : ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      ),
    );
  });

  test('gather for the view a second of events, seven for each of 30 orders', () => {
    const { id } = assembly.one('AWS::SQS::Queue', 'OrderViewUpdatesQueue');
    const [source] = sources.filter(({ properties }) => assembly.target(properties.EventSourceArn) === id);
    expect(source?.properties.MaximumBatchingWindowInSeconds).toBe(1);
    expect(source?.properties.BatchSize).toBeGreaterThanOrEqual(7 * 30);
  });

  test.each(consumed)('hide a message six times as long as its function may take: $id', ({ id, properties }) => {
    const [source] = sources.filter((mapping) => assembly.target(mapping.properties.EventSourceArn) === id);
    const { Timeout } = assembly.resource(assembly.target(source!.properties.FunctionName)).properties;
    expect(properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
  });

  test('never retry a record of the outbox for ever', () => {
    const { properties } = assembly.one('AWS::Lambda::EventSourceMapping', 'OutboxRelaySource');
    expect(properties).toMatchObject({ BisectBatchOnFunctionError: true, StartingPosition: 'TRIM_HORIZON' });
    expect(properties.MaximumRetryAttempts).toBeGreaterThan(0);
    expect(properties.MaximumRecordAgeInSeconds).toBeLessThan(24 * 3_600);
    expect(assembly.target(properties.EventSourceArn)).toBe(assembly.one('AWS::DynamoDB::Table', 'OrderLog').id);
    expect(failureTarget(assembly.one('AWS::Lambda::EventSourceMapping', 'OutboxRelaySource'))).toBeDefined();
  });

  test('of the outbox raise an alarm when they fall behind', () => {
    const relay = assembly.target(
      assembly.one('AWS::Lambda::EventSourceMapping', 'OutboxRelaySource').properties.FunctionName,
    );
    expect(assembly.alarmsOn('IteratorAge', relay).map(({ properties }) => properties.Threshold)).toEqual([60_000]);
  });
});

test('Idempotency records outlive whatever can still come of a request: its event on the way, its checkout, and the redrive of that', () => {
  /** Step Functions takes a redrive for 14 days after an execution has ended. */
  const REDRIVABLE_SECONDS = 14 * 24 * 60 * 60;
  const longest = (seconds: readonly unknown[]) => {
    const known = seconds.filter((each): each is number => typeof each === 'number' && each > 0);
    expect(known).not.toEqual([]);
    return Math.max(...known);
  };
  const relayed = longest(sources.map(({ properties }) => properties.MaximumRecordAgeInSeconds));
  const queued = longest(consumed.map(({ properties }) => properties.MessageRetentionPeriod));
  const waits = SAGAS.flatMap(([, saga]) => saga.waits.map((wait) => saga.task(wait)));
  // The customer's time to pay, and a day of the checkout after it; what waits for people later on belongs to an order that is decided.
  const ofCheckouts = waits.filter(({ Catch }) =>
    Catch.some(({ ErrorEquals }) => ErrorEquals.includes('CheckoutLimitReached')),
  );
  const running = longest(ofCheckouts.map(({ TimeoutSeconds }) => TimeoutSeconds));
  expect(IDEMPOTENCY_KEPT_SECONDS).toBeGreaterThanOrEqual(relayed + Math.max(queued, running + REDRIVABLE_SECONDS));
});
