import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { RECOVERY_TABLES } from '../../functions/recovery/adapters/tables.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import type { Platform } from '../constructs/platform.ts';
import type { Saga } from '../constructs/saga.ts';
import type { WaybillFunction } from '../constructs/waybill-function.ts';
import { WorkQueue } from '../constructs/work-queue.ts';

/** Orders that wait for a partner, and what lets them go on. */
export class Recovery extends BoundedContext {
  readonly #answering: readonly WaybillFunction[];

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    const waits = this.table('RecoveryWaits', RECOVERY_TABLES.recoveryWaits);
    const awaitRecovery = this.step('recovery/await-recovery');
    waits.grantTo(awaitRecovery, 'Query', 'PutItem', 'UpdateItem');

    const keeper = this.function('recovery/release-waiting-orders', { timeout: Duration.seconds(30) });
    waits.grantTo(keeper, 'Query', 'GetItem', 'UpdateItem', 'DeleteItem');
    for (const index of ['byReadiness', 'byDeadline']) waits.grantIndexTo(keeper, index, 'Query');
    platform.eventLog.grantAppend(keeper);

    for (const informed of [awaitRecovery, keeper]) {
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
    for (const sender of [awaitRecovery, keeper]) timers.grantSend(sender, 'KEEPER_QUEUE_URL');

    const waker = this.function('recovery/wake-order', { timeout: Duration.seconds(10) });
    waits.grantTo(waker, 'Query', 'UpdateItem');
    new EventSubscription(this, 'OrderWakes', {
      bus: platform.bus,
      pattern: {
        source: [EVENT_SOURCES.orders],
        detailType: ['CancellationRequested', 'ItemsChanged', 'ItemsChangeRefused', 'TaskResumed', 'TaskResolved'],
      },
      subscriber: waker,
    });
    this.#answering = [keeper, waker];
    this.probes.push(waits.probe('recovery-waits'));
  }

  /** Lets the executions of the sagas go on. They are made after the steps of this context. */
  answer(sagas: readonly Saga[]): void {
    for (const saga of sagas) {
      for (const answerer of this.#answering) saga.grantAnswer(answerer);
    }
  }
}
