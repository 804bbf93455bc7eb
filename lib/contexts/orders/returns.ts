import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { getReturnTerms } from '../../../functions/orders/routes.ts';
import { BoundedContext } from '../../constructs/bounded-context.ts';
import type { Platform } from '../../constructs/platform.ts';
import { Schedule } from '../../constructs/schedule.ts';
import type { WaybillTable } from '../../constructs/waybill-table.ts';

export interface ReturnsProps {
  /** It knows which returns are expected until when. */
  readonly orderView: WaybillTable;
}

/** Goods that come back: what is refunded for them, and until when they are expected. */
export class Returns extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform, { orderView }: ReturnsProps) {
    super(scope, id, platform);
    const { configuration, eventLog } = platform;
    const terms = this.endpoint(getReturnTerms);
    eventLog.grantRead(terms);
    eventLog.grantReadSnapshots(terms);
    configuration.grantRead(terms);
    const expire = this.function('orders/expire-returns', { timeout: Duration.seconds(30) });
    eventLog.grantAppend(expire);
    eventLog.grantReadSnapshots(expire);
    orderView.grantIndexTo(expire, 'byReturnDue', 'Query');
    new Schedule(this, 'DueReturns', { every: Duration.minutes(15), handler: expire, severity: 'warning' });
  }
}
