import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { NOTIFICATION_TABLES } from '../../functions/published/notification-tables.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import type { Platform } from '../constructs/platform.ts';
import type { WaybillTable } from '../constructs/waybill-table.ts';

/** What customers are told, in their inbox. */
export class Notifications extends BoundedContext {
  /** The customers' inbox. */
  readonly inbox: WaybillTable;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    this.inbox = this.table('Notifications', NOTIFICATION_TABLES.notifications);
    const notifyCustomer = this.function('notifications/notify-customer', { timeout: Duration.seconds(10) });
    this.inbox.grantTo(notifyCustomer, 'PutItem');
    platform.eventLog.grantFindEvent(notifyCustomer);
    new EventSubscription(this, 'CustomerNotifications', {
      bus: platform.bus,
      pattern: {
        source: [EVENT_SOURCES.orders],
        detailType: [
          'OrderBackordered',
          'UnitsRemoved',
          'OrderConfirmed',
          'OrderCancelled',
          'ReturnReceived',
          'ReturnWithdrawn',
        ],
      },
      // Nobody waits for a notification: a second of them takes a tenth of the invocations when there are many orders.
      batchingWindow: Duration.seconds(1),
      batchSize: 50,
      subscriber: notifyCustomer,
    });
  }
}
