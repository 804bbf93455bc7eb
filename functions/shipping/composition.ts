import { configurationSource } from '../shared/configuration/deployed.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { tableName } from '../shared/edge/environment.ts';
import { credentialOf, partnerExchange } from '../shared/outbound/deployed.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { carrierTracking, parseTrackingKey } from './adapters/carrier-tracking.ts';
import { DynamoDbParcelWatch } from './adapters/dynamodb-parcel-watch.ts';
import { HttpCarrier } from './adapters/http-carrier.ts';
import { CARRIER_NOTIFICATIONS, SHIPPING_ROUTES } from './adapters/partner.ts';
import { SHIPPING_TABLES } from './adapters/tables.ts';
import { trackingMonitor } from './adapters/tracking-monitor.ts';
import type { LookSettings } from './application/look-after-parcels.ts';
import type { Carrier, ShippingDeps } from './application/ports.ts';
import type { TrackingDeps } from './application/receive-tracking.ts';

export const deployedCarrier = (): Carrier => new HttpCarrier(partnerExchange(SHIPPING_ROUTES));

/** The dependencies of the functions that deal with shipments, as they are deployed. */
export const deployedShipping = (): ShippingDeps => ({
  ...stepDeps(),
  carrier: deployedCarrier(),
});

/** The dependencies of the function that carriers notify, as they are deployed. */
export const deployedTracking = (): TrackingDeps => ({
  ...stepDeps(),
  readers: {
    [CARRIER_NOTIFICATIONS.name]: carrierTracking(credentialOf(CARRIER_NOTIFICATIONS, parseTrackingKey)),
  },
  monitor: trackingMonitor,
});

/** The dependencies of the functions that watch parcels, as they are deployed. */
export const deployedWatch = () => ({
  ...stepDeps(),
  watch: new DynamoDbParcelWatch(documentClient(), tableName(SHIPPING_TABLES.parcelWatch)),
});

export async function shippingSettings(): Promise<LookSettings> {
  const { shipping, recovery } = await configurationSource().current();
  return { ...shipping, taskDueSeconds: recovery.taskDueSeconds };
}
