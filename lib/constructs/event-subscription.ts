import { type CfnCondition, type Duration, Fn } from 'aws-cdk-lib';
import { type CfnRule, type EventBus, type EventPattern, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { WorkQueue, type WorkQueueProps } from './work-queue.ts';

export interface EventSubscriptionProps extends Omit<WorkQueueProps, 'onDeadLetter'> {
  /** @default the account's default bus, which carries the events of AWS itself */
  readonly bus?: EventBus;
  /** Which events of the bus; see EventBridge's patterns. */
  readonly pattern: EventPattern;
  /** Whether anything is to come at all. @default always */
  readonly when?: CfnCondition;
}

/** Events of which one of these patterns is true: CDK's patterns have no field for alternatives, which EventBridge has. */
export const anyOf = (...alternatives: readonly object[]): object => ({ $or: alternatives });

/**
 * One subscriber of the bus: rule → queue → function. The queue holds events while the subscriber is slow or broken,
 * without the other subscribers noticing; what cannot be delivered or handled ends in a dead-letter queue with an alarm.
 */
export class EventSubscription extends WorkQueue {
  constructor(scope: Construct, id: string, { bus, pattern, when, ...props }: EventSubscriptionProps) {
    const { subscriber } = props;
    super(scope, id, {
      ...props,
      onDeadLetter: {
        severity: 'critical',
        description: `${subscriber.node.id} could not handle an event, or the event never reached its queue.`,
        runbook: 'dead-letter-queue',
      },
    });
    const rule = new Rule(this, 'Rule', {
      ...(bus ? { eventBus: bus } : {}),
      eventPattern: pattern,
      targets: [this.#target()],
    });
    if (when) {
      (rule.node.defaultChild as CfnRule).state = Fn.conditionIf(when.logicalId, 'ENABLED', 'DISABLED').toString();
    }
  }

  /** Sends the subscriber a message at intervals as well, whose `detail` is empty: for what no event has told it. */
  lookAgain(every: Duration): void {
    new Rule(this, 'Looks', { schedule: Schedule.rate(every), targets: [this.#target()] });
  }

  #target(): SqsQueue {
    return new SqsQueue(this.queue, { deadLetterQueue: this.deadLetterQueue });
  }
}
