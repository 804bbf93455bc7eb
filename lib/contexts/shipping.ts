import type { Construct } from 'constructs';
import { CARRIER } from '../../functions/shipping/adapters/partner.ts';
import { askCarrier } from '../../functions/shipping/routes.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { Partner } from '../constructs/partner.ts';
import type { Platform } from '../constructs/platform.ts';

/** Shipments at the carrier. */
export class Shipping extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    const carrier = new Partner(this.withSagas, 'Carrier', { ...CARRIER, partners: platform.partners });
    for (const name of ['shipping/create-shipment', 'shipping/cancel-shipment'] as const) {
      const step = this.step(name);
      carrier.grantCall(step);
      // It says how many units a parcel holds.
      if (name === 'shipping/create-shipment') platform.configuration.grantRead(step);
    }
    carrier.grantCall(this.endpoint(askCarrier));
    this.probes.push(carrier.probe);
    this.partners.push(carrier);
  }
}
