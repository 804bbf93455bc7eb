import { Stripe } from 'stripe';
import type { Clock } from '../../../partners/payment-gateway/clock.ts';
import { gatewayRoutes } from '../../../partners/payment-gateway/server.ts';
import type { MerchantCredentials } from '../../../partners/shared/merchant-credentials.ts';
import { serve } from './served.ts';

export interface LedgerLine {
  readonly kind: string;
  readonly amount: number;
}

export const RETURN_URL = 'https://shop.example/back';
export const SECRET_KEY = 'sk_test_0123456789abcdefghijklmnopqrstuv';

/** The SDK of the real gateway, asking this address. */
export function sdkFor(url: string, secretKey = SECRET_KEY): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(secretKey, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

interface GatewayWith {
  readonly clock?: Clock;
  readonly credentials?: MerchantCredentials;
}

/** A payment gateway with an empty ledger, its SDK, and the requests about the order `key`. */
export async function serveGateway({ clock, credentials }: GatewayWith = {}) {
  const gateway = await serve(
    (ledger: Parameters<typeof gatewayRoutes>[0]) => gatewayRoutes(ledger, clock && { clock }),
    credentials,
    clock?.now,
  );
  const stripe = sdkFor(gateway.url);
  const requestsAbout = (key: string) => ({
    key,
    create: (over: Partial<Stripe.PaymentIntentCreateParams> = {}, attempt = 1) =>
      stripe.paymentIntents.create(
        {
          amount: 8_800,
          currency: 'cny',
          capture_method: 'manual',
          allowed_payment_method_types: ['card'],
          metadata: { order_id: key, attempt },
          ...over,
        },
        { idempotencyKey: `${key}-${attempt}` },
      ),
    ledger: async () => (await gateway.books(key)) as LedgerLine[],
    moved: async () =>
      ((await gateway.books(key)) as LedgerLine[]).map(({ kind, amount }): [string, number] => [kind, amount]),
  });
  type Requests = ReturnType<typeof requestsAbout>;
  /** An intent that was confirmed with this token. */
  const confirmed = async (token = 'tok_ok', over: Partial<Stripe.PaymentIntentConfirmParams> = {}, of?: Requests) => {
    const { id } = await (of ?? requestsAbout('o-1')).create();
    return stripe.paymentIntents.confirm(id, {
      payment_method: token,
      return_url: RETURN_URL,
      payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
      ...over,
    });
  };
  const captured = async (token?: string) => stripe.paymentIntents.capture((await confirmed(token)).id);
  /** The error that a call is refused with. */
  const refusal = async (call: Promise<unknown>): Promise<Stripe.errors.StripeError> =>
    call.then(
      () => {
        throw new Error('The call was not refused.');
      },
      (error: unknown) => error as Stripe.errors.StripeError,
    );
  return { ...gateway, stripe, requestsAbout, confirmed, captured, refusal, ...requestsAbout('o-1') };
}
