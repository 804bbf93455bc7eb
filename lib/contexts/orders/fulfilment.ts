import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FULFILMENT_ROUTES } from '../../../functions/orders/routes.ts';
import { EVENT_SOURCES } from '../../../functions/published/event-sources.ts';
import { BoundedContext } from '../../constructs/bounded-context.ts';
import { EventSubscription } from '../../constructs/event-subscription.ts';
import type { Platform } from '../../constructs/platform.ts';

/** Parcels: for those who send them, and as their carriers tell. */
export class Fulfilment extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    const { eventLog } = platform;
    for (const route of FULFILMENT_ROUTES) {
      const handler = this.endpoint(route);
      eventLog.grantAppend(handler);
      eventLog.grantReadSnapshots(handler);
      eventLog.grantRecordCommands(handler);
    }
    this.#following();
  }

  /** What is told of parcels → orders, and tasks for people. */
  #following(): void {
    const { bus, configuration, eventLog } = this.platform;
    const subscriber = this.function('orders/follow-shipments', { timeout: Duration.seconds(12) });
    eventLog.grantFindEvent(subscriber);
    eventLog.grantAppend(subscriber);
    eventLog.grantReadSnapshots(subscriber);
    configuration.grantRead(subscriber);
    new EventSubscription(this, 'TrackedShipments', {
      bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['ShipmentTracked', 'ShipmentDelivered'] },
      subscriber,
    });
  }
}
