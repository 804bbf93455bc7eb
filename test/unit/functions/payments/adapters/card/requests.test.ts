/** What our adapter sends to the card gateway, compared with what the official SDK sends for the same calls. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CardCalls } from '../../../../../../functions/payments/adapters/card/calls.ts';
import { cardExchange, STRIPE_VERSION } from '../../../../../../functions/payments/adapters/card/exchange.ts';
import { formOf } from '../../../../../../functions/payments/adapters/card/form.ts';
import { authorisedExchange } from '../../../../../../functions/shared/outbound/credentials/authorised-exchange.ts';
import { nodeExchange } from '../../../../../../functions/shared/outbound/http-exchange.ts';
import { ORDER_ID } from '../../../../../support/orders/streams.ts';
import { directExchange } from '../../../../../support/partners/direct-exchange.ts';

interface Sent {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

const KEY = `sk_test_${'x'.repeat(40)}`;
const INTENT = {
  id: 'pi_1',
  object: 'payment_intent',
  status: 'requires_payment_method',
  amount: 8_800,
  currency: 'cny',
};
const sent: Sent[] = [];
let server: Server;
let stripe: Stripe;
let calls: CardCalls;

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { method, headers } = request;
      const { pathname: path, searchParams } = new URL(request.url!, 'http://gateway');
      const { authorization, 'stripe-version': version, 'idempotency-key': key, 'content-type': type } = headers;
      sent.push({
        method,
        path,
        query: Object.fromEntries(searchParams),
        form: Object.fromEntries(new URLSearchParams(text)),
        // A key that the SDK makes by chance is for its own repetitions.
        headers: {
          authorization,
          version,
          key: String(key).startsWith('stripe-node-retry-') ? undefined : key,
          type: method === 'POST' ? type : undefined,
        },
      });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(INTENT));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  stripe = new Stripe(KEY, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const credential = { kind: 'bearer', keyId: 'k-1', secret: KEY } as const;
  const exchange = authorisedExchange({
    partner: 'payment-gateway',
    exchange: nodeExchange,
    credentials: { current: async () => credential, successorOf: async () => undefined },
    observer: { refused: () => {} },
    now: Date.now,
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  const way = directExchange({ baseUrl, timeoutMs: 5_000, exchange: cardExchange(exchange) });
  calls = new CardCalls(way, ORDER_ID, 'authorise');
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function sentBy(call: () => Promise<unknown>): Promise<Sent> {
  sent.length = 0;
  await call();
  expect(sent).toHaveLength(1);
  return sent[0]!;
}

const CONFIRMED = {
  payment_method: 'pm_card_visa',
  payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
} as const;

const CALLS: readonly {
  readonly call: string;
  readonly ours: () => Promise<unknown>;
  readonly theirs: () => Promise<unknown>;
}[] = [
  {
    call: 'opens an attempt',
    ours: () => calls.create('o-1', 8_800, 'CNY', 2),
    theirs: () =>
      stripe.paymentIntents.create(
        {
          amount: 8_800,
          currency: 'cny',
          capture_method: 'manual',
          allowed_payment_method_types: ['card'],
          metadata: { order_id: ORDER_ID, attempt: '2' },
        },
        { idempotencyKey: 'o-1' },
      ),
  },
  {
    call: 'searches for attempts',
    ours: () => calls.search(),
    theirs: () => stripe.paymentIntents.search({ query: `metadata['order_id']:'${ORDER_ID}'`, limit: 100 }),
  },
  {
    call: 'asks for an attempt',
    ours: () => calls.retrieve('pi_1'),
    theirs: () => stripe.paymentIntents.retrieve('pi_1', { expand: ['latest_charge.refunds'] }),
  },
  {
    call: 'changes its amount',
    ours: () => calls.setAmount('pi_1', 9_900),
    theirs: () => stripe.paymentIntents.update('pi_1', { amount: 9_900 }),
  },
  {
    call: 'confirms it',
    ours: () =>
      calls.confirm('pi_1', 'c-1', {
        token: 'pm_card_visa',
        returnUrl: 'https://shop.example/a?b=c&d',
        isOffSession: false,
      }),
    theirs: () =>
      stripe.paymentIntents.confirm(
        'pi_1',
        { ...CONFIRMED, return_url: 'https://shop.example/a?b=c&d' },
        { idempotencyKey: 'c-1' },
      ),
  },
  {
    call: 'confirms it without the customer',
    ours: () =>
      calls.confirm('pi_1', 'c-1', { token: 'pm_card_visa', returnUrl: 'https://shop.example', isOffSession: true }),
    theirs: () => stripe.paymentIntents.confirm('pi_1', { ...CONFIRMED, off_session: true }, { idempotencyKey: 'c-1' }),
  },
  {
    call: 'raises it',
    ours: () => calls.increment('pi_1', 'i-1', 9_900),
    theirs: () => stripe.paymentIntents.incrementAuthorization('pi_1', { amount: 9_900 }, { idempotencyKey: 'i-1' }),
  },
  {
    call: 'captures it',
    ours: () => calls.capture('pi_1', 8_800),
    theirs: () => stripe.paymentIntents.capture('pi_1', { amount_to_capture: 8_800 }),
  },
  {
    call: 'cancels it',
    ours: () => calls.cancel('pi_1', 'forGood'),
    theirs: () => stripe.paymentIntents.cancel('pi_1', { cancellation_reason: 'requested_by_customer' }),
  },
  {
    call: 'cancels it for a renewal',
    ours: () => calls.cancel('pi_1', 'forRenewal'),
    theirs: () => stripe.paymentIntents.cancel('pi_1', { cancellation_reason: 'abandoned' }),
  },
  {
    call: 'refunds a part',
    ours: () => calls.refund('pi_1', 'r-key', 'r-1', 800),
    theirs: () =>
      stripe.refunds.create(
        {
          payment_intent: 'pi_1',
          amount: 800,
          metadata: { order_id: ORDER_ID, refund_id: 'r-1' },
          expand: ['charge.refunds'],
        },
        { idempotencyKey: 'r-key' },
      ),
  },
  {
    call: 'lists refunds',
    ours: () => calls.refunds('pi_1', 're_9'),
    theirs: () => stripe.refunds.list({ payment_intent: 'pi_1', limit: 100, starting_after: 're_9' }),
  },
];

describe('The adapter of the card gateway', () => {
  test.each(CALLS)('$call as the official SDK does', async ({ ours, theirs }) => {
    const [expected, actual] = [await sentBy(theirs), await sentBy(ours)];
    expect(actual).toEqual(expected);
  });

  test('speaks the version of the protocol that the official SDK speaks', () => {
    expect(STRIPE_VERSION).toBe(Stripe.API_VERSION);
  });
});

test('A form has its names in brackets, and what would end a field is escaped', () => {
  expect(formOf({ a: [1, 'x y'], b: { c: { d: '&=[]' } }, e: true })).toBe(
    'a[0]=1&a[1]=x%20y&b[c][d]=%26%3D%5B%5D&e=true',
  );
});
