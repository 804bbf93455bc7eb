import { partnerExchange } from '../shared/outbound/deployed.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { HttpCarrier } from './adapters/http-carrier.ts';
import { SHIPPING_ROUTES } from './adapters/partner.ts';
import type { ShippingDeps } from './application/ports.ts';

/** The dependencies of the functions that deal with shipments, as they are deployed. */
export const deployedShipping = (): ShippingDeps => ({
  ...stepDeps(),
  carrier: new HttpCarrier(partnerExchange(SHIPPING_ROUTES)),
});
