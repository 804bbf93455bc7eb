import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { CARRIER, CARRIER_NOTIFICATIONS } from '../../functions/shipping/adapters/partner.ts';
import { SHIPPING_TABLES } from '../../functions/shipping/adapters/tables.ts';
import { askCarrier, receiveTracking } from '../../functions/shipping/routes.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import { tell } from '../constructs/grant.ts';
import { Group } from '../constructs/group.ts';
import { Partner } from '../constructs/partner.ts';
import { PartnerCredential } from '../constructs/partner-credential.ts';
import type { Platform } from '../constructs/platform.ts';
import { Schedule } from '../constructs/schedule.ts';
import { WaybillFunction } from '../constructs/waybill-function.ts';

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
    const group = new Group(parcels, id);
    this.#notifications(group);
    this.#watch(group, carrier);
    this.probes.push(carrier.probe);
    this.partners.push(carrier);
  }

  /** What carriers tell. */
  #notifications(parcels: Construct): void {
    const { eventLog, partners } = this.platform;
    const handler = this.endpoint(receiveTracking, parcels);
    eventLog.grantAppend(handler);
    const key = new PartnerCredential(partners, 'CarrierNotificationsCredential', 'notifications of the carrier');
    key.grantRead(handler);
    tell(handler, { [CARRIER_NOTIFICATIONS.credentialVariable]: key.arn });
  }

  /** What carriers are asked of parcels when they tell nothing. */
  #watch(parcels: Construct, carrier: Partner): void {
    const { bus, configuration, eventLog } = this.platform;
    const table = this.table('ParcelWatch', SHIPPING_TABLES.parcelWatch);
    const watch = new WaybillFunction(parcels, 'shipping/watch-parcels', { timeout: Duration.seconds(12) });
    eventLog.grantFindEvent(watch);
    table.grantTo(watch, 'PutItem');
    configuration.grantRead(watch);
    new EventSubscription(parcels, 'ParcelsUnderWay', {
      bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['ShipmentHandedOver'] },
      subscriber: watch,
    });
    const look = new WaybillFunction(parcels, 'shipping/look-after-parcels', { timeout: Duration.seconds(30) });
    eventLog.grantAppend(look);
    carrier.grantCall(look);
    table.grantTo(look, 'PutItem', 'DeleteItem');
    table.grantIndexTo(look, 'byLook', 'Query');
    configuration.grantRead(look);
    new Schedule(parcels, 'WatchedParcels', { every: Duration.minutes(5), handler: look, severity: 'warning' });
    this.probes.push(table.probe('parcel-watch'));
  }
}
