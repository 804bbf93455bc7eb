import { partnerOptions } from '../shared/outbound/partner-http.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { HttpCarrier } from './adapters/http-carrier.ts';
import { CARRIER } from './adapters/partner.ts';
import type { ShippingDeps } from './application/ports.ts';

/** The dependencies of the functions that deal with shipments, as they are deployed. */
export const deployedShipping = (): ShippingDeps => ({
  ...stepDeps(),
  carrier: new HttpCarrier(partnerOptions(CARRIER)),
});
