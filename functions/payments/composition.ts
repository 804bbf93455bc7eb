import { partnerExchange } from '../shared/outbound/deployed.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { HttpPaymentGateway } from './adapters/http-payment-gateway.ts';
import { PAYMENT_ROUTES } from './adapters/partner.ts';
import type { PaymentDeps, PaymentGateways } from './application/ports.ts';

export const deployedGateways = (): PaymentGateways => ({
  card: new HttpPaymentGateway(partnerExchange(PAYMENT_ROUTES)),
});

/** The dependencies of the functions that deal with payments, as they are deployed. */
export const deployedPayments = (): PaymentDeps => ({
  ...stepDeps(),
  gateways: deployedGateways(),
});
