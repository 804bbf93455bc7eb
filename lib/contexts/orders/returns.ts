import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BoundedContext } from '../../constructs/bounded-context.ts';
import type { Platform } from '../../constructs/platform.ts';
import { Schedule } from '../../constructs/schedule.ts';
import type { WaybillTable } from '../../constructs/waybill-table.ts';

export interface ReturnsProps {
  /** It knows which returns are expected until when. */
  readonly orderView: WaybillTable;
}

/** Goods that are to come back. */
export class Returns extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform, { orderView }: ReturnsProps) {
    super(scope, id, platform);
    const { eventLog } = platform;
    const expire = this.function('orders/expire-returns', { timeout: Duration.seconds(30) });
    eventLog.grantAppend(expire);
    eventLog.grantReadSnapshots(expire);
    orderView.grantIndexTo(expire, 'byReturnDue', 'Query');
    new Schedule(this, 'DueReturns', { every: Duration.minutes(15), handler: expire, severity: 'warning' });
  }
}
