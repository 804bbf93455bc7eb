import type { Construct } from 'constructs';
import { INVENTORY_TABLES } from '../../functions/inventory/adapters/tables.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import type { Platform } from '../constructs/platform.ts';

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
      inventory.grantTo(this.step(name), 'GetItem', 'PutItem', 'UpdateItem');
    }
    this.probes.push(inventory.probe('inventory'));
  }
}
