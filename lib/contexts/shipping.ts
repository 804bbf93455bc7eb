import type { Construct } from 'constructs';
import { CARRIER, CARRIER_NOTIFICATIONS } from '../../functions/shipping/adapters/partner.ts';
import { askCarrier, receiveTracking } from '../../functions/shipping/routes.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { tell } from '../constructs/grant.ts';
import { Group } from '../constructs/group.ts';
import { Partner } from '../constructs/partner.ts';
import { PartnerCredential } from '../constructs/partner-credential.ts';
import type { Platform } from '../constructs/platform.ts';

export interface ShippingProps {
  /** The stack of what carriers tell. */
  readonly parcels: Construct;
}

/** Shipments at the carrier. */
export class Shipping extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform, { parcels }: ShippingProps) {
    super(scope, id, platform);
    const carrier = new Partner(this.withSagas, 'Carrier', { ...CARRIER, partners: platform.partners });
    for (const name of ['shipping/create-shipment', 'shipping/cancel-shipment'] as const) {
      const step = this.step(name);
      carrier.grantCall(step);
      // It says how many units a parcel holds.
      if (name === 'shipping/create-shipment') platform.configuration.grantRead(step);
    }
    carrier.grantCall(this.endpoint(askCarrier));
    const tracking = this.endpoint(receiveTracking, new Group(parcels, id));
    platform.eventLog.grantAppend(tracking);
    const key = new PartnerCredential(
      platform.partners,
      'CarrierNotificationsCredential',
      'notifications of the carrier',
    );
    key.grantRead(tracking);
    tell(tracking, { [CARRIER_NOTIFICATIONS.credentialVariable]: key.arn });
    this.probes.push(carrier.probe);
    this.partners.push(carrier);
  }
}
