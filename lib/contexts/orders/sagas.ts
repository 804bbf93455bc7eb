import path from 'node:path';
import { CfnOutput, Duration } from 'aws-cdk-lib';
import { type EventPattern, Match } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../../functions/published/event-sources.ts';
import type { DomainEventBus } from '../../constructs/domain-event-bus.ts';
import type { EventLog } from '../../constructs/event-log.ts';
import { EventSubscription } from '../../constructs/event-subscription.ts';
import { Group } from '../../constructs/group.ts';
import { HoldingQueue } from '../../constructs/holding-queue.ts';
import { Saga, type Steps } from '../../constructs/saga.ts';
import { WaybillFunction } from '../../constructs/waybill-function.ts';
import { type FunctionName, PROJECT_ROOT } from '../../functions.ts';
import { CANCELLATION } from './cancellation.ts';

export interface OrderSagasProps {
  readonly bus: DomainEventBus;
  readonly eventLog: EventLog;
  /** The steps of all contexts. */
  readonly steps: Readonly<Steps>;
}

const definitionOf = (saga: string): string => path.join(PROJECT_ROOT, 'statemachines', saga, 'definition.asl.json');

/** The sagas of orders, the events that start them, and the queues with what they leave to people. */
export class OrderSagas extends Group {
  readonly orderSaga: Saga;
  /** All of them. */
  readonly all: readonly Saga[];
  /** The orders that a saga or a refund has left to a person. */
  readonly parkedOrders: HoldingQueue;
  /** The executions that did not come to an end. */
  readonly sagaFailures: HoldingQueue;
  readonly #props: OrderSagasProps;

  constructor(scope: Construct, id: string, props: OrderSagasProps) {
    super(scope, id);
    this.#props = props;
    const { bus, steps } = props;
    const orderSaga = new Saga(this, 'OrderSaga', { definitionFile: definitionOf('order-saga'), bus, steps });
    const cancellationSaga = new Saga(this, 'CancellationSaga', {
      definitionFile: definitionOf('order-saga'),
      entry: CANCELLATION,
      bus,
      steps,
    });
    const itemsChangeSaga = new Saga(this, 'ItemsChangeSaga', {
      definitionFile: definitionOf('items-change'),
      bus,
      steps,
    });
    this.orderSaga = orderSaga;
    this.all = [orderSaga, cancellationSaga, itemsChangeSaga];
    this.#start(orderSaga, 'SagaStarts', 'orders/start-order-saga', {
      // The saga of a held order starts when the order is approved.
      detailType: ['OrderCreated', 'OrderApproved'],
      detail: { data: { review: Match.doesNotExist() } },
    });
    this.#start(cancellationSaga, 'CancellationStarts', 'orders/start-cancellation-saga', {
      // Before the confirmation the order's own saga is running, and compensates what it has done.
      detailType: ['CancellationRequested'],
      detail: { data: { from: ['processing'] } },
    });
    this.#start(itemsChangeSaga, 'ItemsChangeStarts', 'orders/start-items-change', {
      detailType: ['ItemsChangeRequested'],
    });
    this.parkedOrders = this.#parkedOrders();
    this.sagaFailures = this.#sagaFailures(this.all);

    for (const [output, value] of Object.entries({
      OrderSagaArn: orderSaga.aliasArn,
      OrderSagaMachineArn: orderSaga.machineArn,
      ParkedOrdersQueueUrl: this.parkedOrders.queue.queueUrl,
      SagaFailuresQueueUrl: this.sagaFailures.queue.queueUrl,
    })) {
      new CfnOutput(this, output, { value });
    }
  }

  #start(saga: Saga, id: string, name: FunctionName, events: EventPattern): void {
    const subscriber = new WaybillFunction(this, name, { timeout: Duration.seconds(10) });
    saga.grantStart(subscriber);
    this.#props.eventLog.grantFindEvent(subscriber);
    new EventSubscription(this, id, {
      bus: this.#props.bus,
      pattern: { source: [EVENT_SOURCES.orders], ...events },
      subscriber,
    });
  }

  #parkedOrders(): HoldingQueue {
    return new HoldingQueue(this, 'ParkedOrders', {
      severity: 'critical',
      description: "A compensation, the recording of an order's end, or a refund failed for good.",
      runbook: 'parked-orders',
    });
  }

  #sagaFailures(sagas: readonly Saga[]): HoldingQueue {
    return new HoldingQueue(this, 'SagaFailures', {
      pattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: sagas.map(({ machineArn }) => machineArn),
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      severity: 'critical',
      description: 'A saga did not come to an end: its order does not go on.',
      runbook: 'saga-not-succeeded',
    });
  }
}
