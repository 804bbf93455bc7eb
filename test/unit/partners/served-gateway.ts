import { gatewayRoutes } from '../../../partners/payment-gateway/server.ts';
import { serve } from './served.ts';

export interface LedgerLine {
  readonly kind: string;
  readonly amount: number;
}

/** A payment gateway with an empty ledger, and the requests about the payment `key`. */
export async function serveGateway() {
  const gateway = await serve(gatewayRoutes);
  const requestsAbout = (key: string) => ({
    key,
    authorise: (over: Readonly<Record<string, unknown>> = {}) =>
      gateway.send('PUT', `/v1/payments/${key}`, { amount: 8_800, currency: 'CNY', token: 'tok_ok', ...over }),
    adjust: (amount: number, adjustmentKey = 'a-1') =>
      gateway.send('PUT', `/v1/payments/${key}/authorisation`, { amount }, { 'idempotency-key': adjustmentKey }),
    capture: (amount = 8_800) => gateway.send('POST', `/v1/payments/${key}/capture`, { amount }),
    refund: (amount: number, refundKey = 'r-1') =>
      gateway.send('POST', `/v1/payments/${key}/refund`, { amount }, { 'idempotency-key': refundKey }),
    voidIt: () => gateway.send('POST', `/v1/payments/${key}/void`),
    ledger: async () => (await gateway.books(key)) as LedgerLine[],
  });
  return { ...gateway, requestsAbout, ...requestsAbout('o-1') };
}
