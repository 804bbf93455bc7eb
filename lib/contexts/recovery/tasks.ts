import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../../functions/published/event-sources.ts';
import { TASK_REMINDERS, TASKS_ESCALATED } from '../../../functions/recovery/adapters/metrics.ts';
import { RECOVERY_TABLES } from '../../../functions/recovery/adapters/tables.ts';
import { RECOVERY_ROUTES } from '../../../functions/recovery/routes.ts';
import { alarm, type Call } from '../../constructs/alarms.ts';
import { BoundedContext } from '../../constructs/bounded-context.ts';
import { anyOf, EventSubscription } from '../../constructs/event-subscription.ts';
import type { HoldingQueue } from '../../constructs/holding-queue.ts';
import type { Platform } from '../../constructs/platform.ts';
import { Schedule } from '../../constructs/schedule.ts';
import type { WaybillFunction } from '../../constructs/waybill-function.ts';
import type { WaybillTable } from '../../constructs/waybill-table.ts';
import { environmentOf } from '../../stages/environment.ts';

type OperationId = (typeof RECOVERY_ROUTES)[number]['operationId'];

/** Commands on tasks that belong to no order: they are kept in the list of tasks itself. */
const ABOUT_BOOKS: ReadonlySet<OperationId> = new Set(['claimBookTask', 'releaseBookTask', 'escalateBookTask']);

const EVERY = Duration.minutes(5);

/** What orders leave to people: the part of recovery that operators work with. */
export class RecoveryTasks extends BoundedContext {
  /** The tasks of orders, and those about the books of articles and transfers, which the ledger opens. */
  readonly tasks: WaybillTable;

  constructor(
    scope: Construct,
    id: string,
    platform: Platform,
    { parkedOrders }: { readonly parkedOrders: HoldingQueue },
  ) {
    super(scope, id, platform);
    this.tasks = this.table('RecoveryTasks', RECOVERY_TABLES.recoveryTasks);
    this.#projecting(parkedOrders);
    this.#answering();
    this.#reminding();
    this.probes.push(this.tasks.probe('recovery-tasks'));
  }

  /** Bus → list of tasks, and calls to operators: only for what the log has, since anybody who can write to the bus could ring the alarm otherwise. */
  #projecting(parkedOrders: HoldingQueue): void {
    const { bus, eventLog } = this.platform;
    const subscriber = this.function('recovery/project-tasks', { timeout: Duration.seconds(10) });
    eventLog.grantRead(subscriber);
    this.platform.configuration.grantRead(subscriber);
    this.tasks.grantTo(subscriber, 'PutItem');
    parkedOrders.grantPut(subscriber, 'PARKED_ORDERS_QUEUE_URL');
    new EventSubscription(this, 'TaskListUpdates', {
      bus,
      pattern: {
        source: [EVENT_SOURCES.orders],
        // An order that no person has to look at costs nothing here.
        ...anyOf(
          {
            'detail-type': [
              'TaskOpened',
              'TaskClaimed',
              'TaskReleased',
              'TaskEscalated',
              'TaskResumed',
              'WriteOffProposed',
              'TaskResolved',
              'OrderApproved',
              'CompensationParked',
            ],
          },
          { 'detail-type': ['OrderCreated'], detail: { data: { review: ['required'] } } },
          // A held order can be cancelled at once.
          {
            'detail-type': ['OrderCancelled'],
            detail: { data: { reason: ['rejected', 'customer_request', 'operator_request'] } },
          },
        ),
      },
      batchingWindow: Duration.seconds(1),
      subscriber,
    });
  }

  /** Requests → answers. */
  #answering(): void {
    const { configuration, eventLog } = this.platform;
    const reading: Readonly<Partial<Record<OperationId, (handler: WaybillFunction) => void>>> = {
      listTasks: (handler) => this.tasks.grantIndexTo(handler, 'byDue', 'Query'),
      getTask: (handler) => {
        eventLog.grantRead(handler);
        configuration.grantRead(handler);
      },
      resumeTasks: (handler) => this.tasks.grantIndexTo(handler, 'byDue', 'Query'),
      getBookTask: (handler) => this.tasks.grantTo(handler, 'GetItem'),
    };
    for (const route of RECOVERY_ROUTES) {
      const handler = this.endpoint(route);
      if (ABOUT_BOOKS.has(route.operationId)) {
        this.tasks.grantTo(handler, 'GetItem', 'PutItem');
      } else if (route.method !== 'GET') {
        eventLog.grantAppend(handler);
        eventLog.grantRecordCommands(handler);
      }
      reading[route.operationId]?.(handler);
    }
  }

  #reminding(): void {
    const handler = this.function('recovery/remind-tasks', { timeout: Duration.seconds(30) });
    this.platform.eventLog.grantAppend(handler);
    this.platform.configuration.grantRead(handler);
    this.tasks.grantIndexTo(handler, 'byDue', 'Query');
    this.tasks.grantTo(handler, 'GetItem', 'PutItem');
    new Schedule(this, 'TaskReminders', { every: EVERY, handler, severity: 'warning' });
    this.#watch('Overdue', TASK_REMINDERS.name, {
      severity: 'warning',
      description: 'Tasks are overdue: customers wait for what no operator has done. It is said again while it is so.',
      runbook: 'tasks-overdue',
    });
    this.#watch('Escalated', TASKS_ESCALATED.name, {
      severity: 'critical',
      description: 'Tasks are escalated: an operator passed them on, or they are overdue for very long.',
      runbook: 'tasks-overdue',
    });
  }

  #watch(id: string, metricName: string, call: Call): void {
    const metric = new Metric({
      namespace: environmentOf(this).metricsNamespace,
      metricName,
      statistic: Stats.MAXIMUM,
      period: EVERY,
    });
    alarm(this, id, { ...call, metric, threshold: 1 });
  }
}
