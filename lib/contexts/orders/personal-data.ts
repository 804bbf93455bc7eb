import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ORDER_TABLES } from '../../../functions/orders/adapters/tables.ts';
import { getErasure, getPersonalData, requestErasure } from '../../../functions/orders/routes.ts';
import { BoundedContext } from '../../constructs/bounded-context.ts';
import { tell } from '../../constructs/grant.ts';
import type { Platform } from '../../constructs/platform.ts';
import { Schedule } from '../../constructs/schedule.ts';
import type { WaybillTable } from '../../constructs/waybill-table.ts';
import { environmentOf } from '../../stages/environment.ts';

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

    const eraser = this.function('orders/advance-erasures', { timeout: Duration.seconds(30) });
    const keeper = this.function('orders/erase-old-orders', { timeout: Duration.seconds(30) });
    for (const each of [eraser, keeper]) {
      eventLog.grantErase(each);
      orderView.grantTo(each, 'GetItem', 'PutItem');
      orderSearch.grantTo(each, 'DeleteItem');
      inbox.grantTo(each, 'Query', 'DeleteItem');
    }
    orderView.grantTo(keeper, 'Scan', 'UpdateItem');
    erasures.grantTo(keeper, 'GetItem', 'PutItem', 'DeleteItem');
    tell(keeper, { PERSONAL_DATA_DAYS: String(environmentOf(this).personalDataDays) });
    new Schedule(this, 'OldOrders', { every: Duration.hours(1), handler: keeper, severity: 'warning' });
    orderView.grantIndexTo(eraser, 'byCustomer', 'Query');
    erasures.grantIndexTo(eraser, 'byDue', 'Query');
    erasures.grantTo(eraser, 'Query', 'PutItem');
    new Schedule(this, 'Erasures', { every: Duration.minutes(5), handler: eraser, severity: 'warning' });
    this.probes.push(erasures.probe('erasures'));
  }
}
