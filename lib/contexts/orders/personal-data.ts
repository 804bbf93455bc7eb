import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { PERSONAL_DATA_OVERDUE } from '../../../functions/orders/adapters/metrics.ts';
import { ORDER_TABLES } from '../../../functions/orders/adapters/tables.ts';
import { getErasure, getPersonalData, requestErasure } from '../../../functions/orders/routes.ts';
import { alarm } from '../../constructs/alarms.ts';
import { BoundedContext } from '../../constructs/bounded-context.ts';
import { tell } from '../../constructs/grant.ts';
import type { Platform } from '../../constructs/platform.ts';
import { Schedule } from '../../constructs/schedule.ts';
import type { WaybillTable } from '../../constructs/waybill-table.ts';
import { environmentOf } from '../../stages/environment.ts';

/** A run ends before the next one begins. */
const EVERY = Duration.minutes(5);

/** Where there is personal data beside the log. */
export interface PersonalDataTables {
  readonly orderView: WaybillTable;
  readonly orderSearch: WaybillTable;
  /** What customers were told. */
  readonly inbox: WaybillTable;
}

/** What is held of persons: they can have it, and have it erased. */
export class PersonalData extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform, { orderView, orderSearch, inbox }: PersonalDataTables) {
    super(scope, id, platform);
    const { eventLog } = platform;
    const erasures = this.table('Erasures', ORDER_TABLES.erasures);

    const collector = this.endpoint(getPersonalData);
    orderView.grantIndexTo(collector, 'byCustomer', 'Query');
    eventLog.grantRead(collector);
    inbox.grantTo(collector, 'Query');
    erasures.grantTo(collector, 'Query');

    const requests = this.endpoint(requestErasure);
    orderView.grantIndexTo(requests, 'byCustomer', 'Query');
    erasures.grantTo(requests, 'GetItem', 'PutItem', 'Query');
    erasures.grantTo(this.endpoint(getErasure), 'GetItem', 'Query');

    const work = { timeout: Duration.seconds(290), memoryMb: 1024 };
    const eraser = this.function('orders/advance-erasures', work);
    const keeper = this.function('orders/erase-old-orders', work);
    for (const each of [eraser, keeper]) {
      eventLog.grantErase(each);
      orderView.grantTo(each, 'GetItem', 'PutItem');
      orderSearch.grantTo(each, 'BatchWriteItem');
      inbox.grantTo(each, 'BatchWriteItem');
      new Schedule(this, each === eraser ? 'Erasures' : 'OldOrders', {
        every: EVERY,
        handler: each,
        severity: 'warning',
      });
    }
    orderView.grantIndexTo(keeper, 'byKept', 'Query');
    orderView.grantTo(keeper, 'UpdateItem');
    tell(keeper, { PERSONAL_DATA_DAYS: String(environmentOf(this).personalDataDays) });
    orderView.grantIndexTo(eraser, 'byCustomer', 'Query');
    erasures.grantIndexTo(eraser, 'byDue', 'Query');
    erasures.grantTo(eraser, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem');
    this.#watch('KeptTooLong', 'age', 'Personal data is still there a day after it was to be erased by its age.');
    this.#watch(
      'AskedLongAgo',
      'request',
      'The personal data of somebody who asked to be forgotten is still there after a day, or after three weeks because of what is open.',
    );
    this.probes.push(erasures.probe('erasures'));
  }

  #watch(id: string, by: 'age' | 'request', description: string): void {
    alarm(this, id, {
      metric: new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName: PERSONAL_DATA_OVERDUE.name,
        dimensionsMap: { By: by },
        statistic: 'Maximum',
        // What waits is looked at every hour.
        period: Duration.hours(2),
      }),
      threshold: Duration.days(1).toMilliseconds(),
      severity: 'warning',
      description,
      runbook: 'personal-data-overdue',
    });
  }
}
