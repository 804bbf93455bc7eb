import { AwsError, type Json } from '../../../../local/contracts.ts';
import type { RuleDefinition, RuleTarget } from '../../../../local/events/rule.ts';
import { EventsService } from '../../../../local/events/service.ts';
import { present } from '../../../../local/properties.ts';
import { type TestContext, testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

export const queueArn = 'arn:aws:sqs:us-east-1:000000000000:orders';
export const deadArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
export const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:notify';

export interface World {
  readonly events: EventsService;
  readonly clock: VirtualClock;
  readonly ctx: TestContext;
  readonly delivered: {
    readonly arn: string;
    readonly payload: Json;
    readonly attributes?: Readonly<Record<string, string>>;
  }[];
  /** Set to make deliveries to an ARN fail. */
  readonly failures: Map<string, Error>;
  readonly rule: (target: RuleTarget, overrides?: Partial<RuleDefinition>) => void;
}

/** A bus `waybill` whose deliveries are noted; given an earlier world, a restart of it. */
export function world(before?: World): World {
  const clock = before?.clock ?? new VirtualClock();
  const ctx = testContext(clock, before?.ctx.store);
  const delivered: World['delivered'] = [];
  const failures = new Map<string, Error>();
  const events = new EventsService(ctx, {
    checkTarget: (arn) => {
      if (arn.startsWith('arn:aws:kinesis')) {
        throw new AwsError('ValidationException', `The target ${arn} is no queue.`);
      }
    },
    deliver: async (arn, content, _, attributes) => {
      const failure = failures.get(arn);
      await new Promise((resolve) => setImmediate(resolve));
      if (failure !== undefined) throw failure;
      delivered.push({ arn, payload: JSON.parse(content) as Json, ...present({ attributes }) });
    },
  });
  events.defineBus({ name: 'waybill', arn: 'arn:aws:events:us-east-1:000000000000:event-bus/waybill' });
  return {
    events,
    clock,
    ctx,
    delivered,
    failures,
    rule: (target, overrides = {}) => {
      events.defineRule({
        name: 'on-created',
        busName: 'waybill',
        pattern: { 'detail-type': ['OrderCreated'] },
        targets: [target],
        enabled: true,
        ...overrides,
      });
    },
  };
}

/** An entry of PutEvents. */
export const created = {
  Source: 'waybill.orders',
  DetailType: 'OrderCreated',
  Detail: '{"orderId":"o1"}',
  EventBusName: 'waybill',
};
