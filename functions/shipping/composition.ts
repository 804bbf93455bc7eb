import { partnerExchange } from '../shared/outbound/deployed.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { HttpCarrier } from './adapters/http-carrier.ts';
import { SHIPPING_ROUTES } from './adapters/partner.ts';
import type { Carrier, ShippingDeps } from './application/ports.ts';

export const deployedCarrier = (): Carrier => new HttpCarrier(partnerExchange(SHIPPING_ROUTES));

/** The dependencies of the functions that deal with shipments, as they are deployed. */
export const deployedShipping = (): ShippingDeps => ({
  ...stepDeps(),
  carrier: deployedCarrier(),
});
