import type { Construct } from 'constructs';
import { FULFILMENT_ROUTES } from '../../../functions/orders/routes.ts';
import { BoundedContext } from '../../constructs/bounded-context.ts';
import type { Platform } from '../../constructs/platform.ts';

/** Parcels, for those who send them. */
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
  }
}
