import { partnerExchange } from '../shared/outbound/deployed.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { HttpPaymentGateway } from './adapters/http-payment-gateway.ts';
import { PAYMENT_ROUTES } from './adapters/partner.ts';
import type { PaymentDeps, PaymentGateway } from './application/ports.ts';

export const deployedGateway = (): PaymentGateway => new HttpPaymentGateway(partnerExchange(PAYMENT_ROUTES));

/** The dependencies of the functions that deal with payments, as they are deployed. */
export const deployedPayments = (): PaymentDeps => ({
  ...stepDeps(),
  gateway: deployedGateway(),
});
