import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { INVENTORY_TABLES } from '../../functions/inventory/adapters/tables.ts';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import type { Platform } from '../constructs/platform.ts';
import type { WaybillTable } from '../constructs/waybill-table.ts';

/** Stock, and the reservations of orders. */
export class Inventory extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    const inventory = this.table('Inventory', INVENTORY_TABLES.inventory);
    for (const name of [
      'inventory/reserve-inventory',
      'inventory/release-inventory',
      'inventory/adjust-reservation',
    ] as const) {
      const step = this.step(name);
      inventory.grantTo(step, 'GetItem', 'PutItem', 'UpdateItem');
      // It says how long goods are kept for an order that is not paid.
      if (name === 'inventory/reserve-inventory') platform.configuration.grantRead(step);
    }
    this.#sales(inventory);
    this.probes.push(inventory.probe('inventory'));
  }

  #sales(inventory: WaybillTable): void {
    const { bus, eventLog } = this.platform;
    const confirmReservation = this.function('inventory/confirm-reservation', { timeout: Duration.seconds(12) });
    eventLog.grantFindEvent(confirmReservation);
    eventLog.grantAppend(confirmReservation);
    inventory.grantTo(confirmReservation, 'GetItem', 'UpdateItem');
    new EventSubscription(this, 'Sales', {
      bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['OrderShipped', 'OrderDelivered'] },
      subscriber: confirmReservation,
    });
  }
}
