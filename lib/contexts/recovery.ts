import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { ORDERS_WITHOUT_PROGRESS } from '../../functions/recovery/adapters/metrics.ts';
import { RECOVERY_TABLES } from '../../functions/recovery/adapters/tables.ts';
import { sweepNow } from '../../functions/recovery/routes.ts';
import { alarm } from '../constructs/alarms.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { anyOf, EventSubscription } from '../constructs/event-subscription.ts';
import type { Platform } from '../constructs/platform.ts';
import type { Saga } from '../constructs/saga.ts';
import { Schedule } from '../constructs/schedule.ts';
import type { WaybillFunction } from '../constructs/waybill-function.ts';
import type { WaybillTable } from '../constructs/waybill-table.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import { environmentOf } from '../stages/environment.ts';
import { watchWaitingOrders } from './recovery/waiting-alarms.ts';

/** Orders that wait for a partner, and what lets them go on. */
export class Recovery extends BoundedContext {
  readonly waits: WaybillTable;
  readonly #answering: readonly WaybillFunction[];
  readonly #restarting: readonly WaybillFunction[];

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    const waits = this.table('RecoveryWaits', RECOVERY_TABLES.recoveryWaits);
    this.waits = waits;
    const awaitRecovery = this.step('recovery/await-recovery');
    waits.grantTo(awaitRecovery, 'Query', 'PutItem', 'UpdateItem');

    const keeper = this.function('recovery/release-waiting-orders', { timeout: Duration.seconds(30) });
    const check = this.function('recovery/check-waiting-orders', { timeout: Duration.seconds(30) });
    for (const letsGoOn of [keeper, check]) {
      waits.grantTo(letsGoOn, 'Query', 'GetItem', 'UpdateItem', 'DeleteItem');
      for (const index of ['byReadiness', 'byDeadline']) waits.grantIndexTo(letsGoOn, index, 'Query');
      platform.eventLog.grantAppend(letsGoOn);
    }
    new Schedule(this, 'WaitingOrderChecks', { every: Duration.minutes(1), handler: check, severity: 'critical' });

    for (const informed of [awaitRecovery, keeper, check]) {
      platform.partners.grantRead(informed);
      platform.configuration.grantRead(informed);
    }

    // With the sagas, whose steps send to it.
    const timers = new WorkQueue(this.withSagas, 'KeeperTimers', {
      subscriber: keeper,
      onDeadLetter: {
        severity: 'critical',
        description: 'The keeper of a partner has failed for hours: orders wait longer than they have to.',
        runbook: 'dead-letter-queue',
      },
      backsOff: true,
      // Without its timer a keeper would look at its orders only when the next one comes to wait.
      maxReceives: 1_000,
      // Rounds of the partners side by side, and no more.
      maxConcurrency: 3,
      batchSize: 1,
    });
    for (const sender of [awaitRecovery, keeper, check]) timers.grantSend(sender, 'KEEPER_QUEUE_URL');

    const waker = this.function('recovery/wake-order', { timeout: Duration.seconds(10) });
    waits.grantTo(waker, 'Query', 'UpdateItem');
    platform.eventLog.grantFindEvent(waker);
    platform.eventLog.grantAppend(waker);
    platform.configuration.grantRead(waker);
    new EventSubscription(this, 'OrderWakes', {
      bus: platform.bus,
      pattern: {
        source: [EVENT_SOURCES.orders],
        ...anyOf(
          {
            'detail-type': [
              'CancellationRequested',
              'OrderCancelled',
              'PaymentNotified',
              'TransferReceived',
              'ItemsChanged',
              'ItemsChangeRefused',
              'TaskResumed',
              'TaskResolved',
            ],
          },
          // Any other order does not wait for its goods.
          { 'detail-type': ['InventoryReserved'], detail: { data: { backordered: [true] } } },
        ),
      },
      subscriber: waker,
      // Sixteen hours: an order goes on waiting without its wake-up, some of them until a look hours away.
      maxReceives: 200,
      backsOff: true,
    });
    this.#answering = [keeper, check, waker];
    this.#restarting = [waker, ...this.#sweeping(waits)];
    this.probes.push(waits.probe('recovery-waits'));
    watchWaitingOrders(this);
  }

  /** What finds orders that nothing works at. Answers the functions that start sagas anew. */
  #sweeping(waits: WaybillTable): WaybillFunction[] {
    const { bus, configuration, eventLog } = this.platform;
    const checker = this.function('recovery/check-progress', { timeout: Duration.seconds(30) });
    const checks = new EventSubscription(this, 'ProgressChecks', {
      bus,
      pattern: {
        source: [EVENT_SOURCES.orders],
        detailType: [
          'OrderCreated',
          'OrderApproved',
          'CancellationRequested',
          'ItemsChangeRequested',
          'RefundRequested',
          'TaskResumed',
        ],
      },
      subscriber: checker,
      delay: Duration.minutes(15),
      batchSize: 100,
      batchingWindow: Duration.seconds(30),
      maxConcurrency: 2,
    });
    checks.grantSend(checker, 'CHECKS_QUEUE_URL');

    const sweeper = this.function('recovery/sweep-orders', { timeout: Duration.seconds(30) });
    const onRequest = this.endpoint(sweepNow);
    for (const each of [sweeper, onRequest]) {
      eventLog.grantReadAll(each);
      waits.grantTo(each, 'GetItem', 'PutItem', 'DeleteItem');
    }
    new Schedule(this, 'Sweeps', { every: Duration.minutes(15), handler: sweeper, severity: 'warning' });

    const restarting = [checker, sweeper, onRequest];
    for (const each of restarting) {
      eventLog.grantAppend(each);
      configuration.grantRead(each);
    }
    alarm(this, 'OrdersWithoutProgress', {
      metric: new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName: ORDERS_WITHOUT_PROGRESS.name,
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: 1,
      severity: 'warning',
      description: 'Nothing worked at an order: its saga was started anew, or a person has the task.',
      runbook: 'order-stuck',
    });
    return restarting;
  }

  /** Lets the executions of the sagas go on. They are made after the steps of this context. */
  answer(sagas: readonly Saga[]): void {
    for (const saga of sagas) {
      for (const answerer of this.#answering) saga.grantAnswer(answerer);
      for (const starter of this.#restarting) saga.grantRestart(starter);
    }
  }
}
