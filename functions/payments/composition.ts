import { partnerOptions } from '../shared/outbound/partner-http.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { HttpPaymentGateway } from './adapters/http-payment-gateway.ts';
import { PAYMENT_GATEWAY } from './adapters/partner.ts';
import type { PaymentDeps } from './application/ports.ts';

/** The dependencies of the functions that deal with payments, as they are deployed. */
export const deployedPayments = (): PaymentDeps => ({
  ...stepDeps(),
  gateway: new HttpPaymentGateway(partnerOptions(PAYMENT_GATEWAY)),
});
