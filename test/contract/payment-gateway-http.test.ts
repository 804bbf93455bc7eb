/** What the HTTP adapter adds to the port's contract: lost answers are asked about, and no outcome is guessed. */

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentGateway } from '../../functions/payments/application/ports.ts';
import {
  PaymentGatewayUnavailable,
  PaymentOutcomeUnknown,
  PaymentRequestRefused,
} from '../../functions/payments/domain/errors.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { nodeExchange } from '../../functions/shared/outbound/http-exchange.ts';
import { UnreliableNetwork } from '../support/fakes/unreliable-network.ts';
import { byCard } from '../support/orders/by-card.ts';
import { cardAt, cardExchangeTo, cardGatewayOver } from '../support/payments/card-at.ts';
import { kindsOf, type Partners, startPartners } from '../support/platform/partners.ts';

const total = money(8_800, 'CNY');
let partners: Partners;
let network: UnreliableNetwork;
let gateway: PaymentGateway;
let orderId: OrderId;

beforeAll(async () => {
  partners = await startPartners();
});
afterAll(() => partners?.close());

beforeEach(() => {
  network = new UnreliableNetwork();
  gateway = cardAt(partners.gatewayUrl, { exchange: cardExchangeTo(partners.gatewayUrl, network.exchange) });
  orderId = parseOrderId(randomUUID());
});

const moved = async () => kindsOf(await partners.gatewayLedger(orderId));
const authorise = (token = 'tok_ok') => gateway.authorise(orderId, total, byCard(token));
const captured = async () => {
  await authorise();
  await gateway.capture(orderId, total);
};

/** `before` says what happened before, and `first` how many requests come before the one that matters. */
const CHANGES = [
  { change: 'authorise', first: 1, before: async () => {}, act: () => authorise(), done: 'authorised' },
  {
    change: 'capture',
    before: async () => void (await authorise()),
    act: () => gateway.capture(orderId, total),
    done: 'captured',
  },
  { change: 'void', before: async () => void (await authorise()), act: () => gateway.void(orderId), done: 'voided' },
  { change: 'void of nothing', first: 1, before: async () => {}, act: () => gateway.void(orderId), done: 'closed' },
  {
    change: 'raise',
    first: 1,
    before: async () => void (await authorise()),
    act: () => gateway.adjust(orderId, 'change-1', money(9_900, 'CNY')),
    done: 'authorised',
    shows: { amount: money(9_900, 'CNY') },
  },
  {
    change: 'release for a renewal',
    before: async () => void (await authorise()),
    act: () => gateway.renew(orderId, 2, total),
    done: 'authorised',
  },
  {
    change: 'renewal',
    first: 2,
    before: async () => void (await authorise()),
    act: () => gateway.renew(orderId, 2, total),
    done: 'authorised',
  },
  {
    change: 'refund a part',
    before: () => captured(),
    act: () => gateway.refund(orderId, 'r-1', money(800, 'CNY')),
    done: 'captured',
    shows: { refunds: [{ refundId: 'r-1', amount: money(800, 'CNY') }] },
  },
  {
    change: 'refund',
    before: () => captured(),
    act: () => gateway.refund(orderId, 'r-1', total),
    done: 'refunded',
  },
];

describe.each(CHANGES)('A network that fails a request to $change', ({ first = 0, before, act, done, shows }) => {
  const delivered = Array.from({ length: first }, () => 'delivered' as const);
  beforeEach(before);

  test('by losing the answer: the gateway is asked, and what it did is the answer', async () => {
    network.plan(...delivered, 'answer lost');
    expect(await act()).toMatchObject({ status: done, ...shows });
  });

  test('by losing the request: nothing happened, and trying again is safe', async () => {
    network.plan(...delivered, 'lost');
    await expect(act()).rejects.toThrow(PaymentGatewayUnavailable);
    expect(await act()).toMatchObject({ status: done, ...shows });
  });

  test('and then the question, too: the outcome is unknown, not a failure', async () => {
    network.plan(...delivered, 'answer lost', 'lost');
    await expect(act()).rejects.toThrow(PaymentOutcomeUnknown);
    expect(await act()).toMatchObject({ status: done, ...shows });
  });

  test('by delivering it late, after it was repeated: it happens once', async () => {
    network.plan(...delivered, 'late');
    await expect(act()).rejects.toThrow(PaymentGatewayUnavailable);
    expect(await act()).toMatchObject({ status: done, ...shows });
    const soFar = await moved();
    await network.deliverLate();
    expect(await moved()).toEqual(soFar);
  });
});

describe('A network that fails the request which opens an attempt', () => {
  test.each(['lost', 'answer lost', 'late'] as const)(
    '(%s): no money can have moved, and trying again is safe',
    async (fate) => {
      network.plan(fate);
      await expect(authorise()).rejects.toThrow(PaymentGatewayUnavailable);
      expect(await authorise()).toMatchObject({ status: 'authorised' });
      await network.deliverLate();
      expect(await gateway.find(orderId)).toMatchObject({ status: 'authorised' });
      expect(await moved()).toEqual(['authorisation']);
    },
  );
});

describe("The simulated gateway's tokens", () => {
  /** Waits shortly for answers that never come; a question is answered, as soon as the machine can. */
  const impatient = () =>
    cardAt(partners.gatewayUrl, {
      exchange: cardExchangeTo(partners.gatewayUrl, (request) =>
        nodeExchange(request.url.endsWith('/confirm') ? { ...request, timeoutMs: 150 } : request),
      ),
    });

  test('tok_flaky is unavailable twice, then authorises once', async () => {
    await expect(authorise('tok_flaky')).rejects.toThrow(PaymentGatewayUnavailable);
    await expect(authorise('tok_flaky')).rejects.toThrow(PaymentGatewayUnavailable);
    expect(await authorise('tok_flaky')).toMatchObject({ status: 'authorised' });
    expect(await moved()).toEqual(['authorisation']);
  });

  test('tok_timeout_charged is found to be authorised, once', async () => {
    expect(await impatient().authorise(orderId, total, byCard('tok_timeout_charged'))).toMatchObject({
      status: 'authorised',
    });
    expect(await impatient().authorise(orderId, total, byCard('tok_timeout_charged'))).toMatchObject({
      status: 'authorised',
    });
    expect(await moved()).toEqual(['authorisation']);
  });

  test('tok_timeout_not_charged is unavailable every time, and closed by a void; nothing ever moves', async () => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(impatient().authorise(orderId, total, byCard('tok_timeout_not_charged'))).rejects.toThrow(
        PaymentGatewayUnavailable,
      );
    }
    expect(await gateway.void(orderId)).toEqual({ status: 'closed' });
    expect(await moved()).toEqual([]);
  });

  test('tok_refund_fails can be taken but never given back', async () => {
    await authorise('tok_refund_fails');
    await expect(gateway.void(orderId)).rejects.toThrow(PaymentGatewayUnavailable);
    await gateway.capture(orderId, total);
    await expect(gateway.refund(orderId, 'r-1', total)).rejects.toThrow(PaymentGatewayUnavailable);
    expect(await moved()).toEqual(['authorisation', 'capture']);
  });
});

describe('A gateway that is not what it should be', () => {
  let server: Server | undefined;
  afterEach(
    () =>
      new Promise<void>((resolve) => {
        if (!server) return resolve();
        server.close(() => resolve());
        server.closeAllConnections();
        server = undefined;
      }),
  );

  async function answering(status: number, body: string): Promise<string> {
    server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  /** An order whose authorisation is on record, so that its attempt is not opened again. */
  const known = (url: string) => {
    const method = { type: 'card', token: 'tok_ok' } as const;
    const order = { orderId, method, firstTotal: total, placedAt: Date.now(), attempt: 1, paymentId: 'pi_1' };
    return cardGatewayOver(cardExchangeTo(url))(order);
  };

  test('because nobody listens: what opens an attempt moves no money, and the outcome of any other change is unknown', async () => {
    const dead = cardAt('http://127.0.0.1:9');
    await expect(dead.find(orderId)).rejects.toThrow(PaymentGatewayUnavailable);
    await expect(dead.authorise(orderId, total, byCard('tok_ok'))).rejects.toThrow(PaymentGatewayUnavailable);
    await expect(known('http://127.0.0.1:9').capture(orderId, total)).rejects.toThrow(PaymentOutcomeUnknown);
    await expect(known('http://127.0.0.1:9').void(orderId)).rejects.toThrow(PaymentOutcomeUnknown);
  });

  const intent = { id: 'pi_1', status: 'requires_capture', amount: 8_800, amount_capturable: 8_800, currency: 'cny' };

  test.each([
    ['no JSON', 200, '<html>'],
    ['a payment without its amount', 200, JSON.stringify({ ...intent, amount: undefined })],
    ['half an amount', 200, JSON.stringify({ ...intent, amount_capturable: 0.5 })],
    ['an unknown status', 200, JSON.stringify({ ...intent, status: 'pondering' })],
    ['too many requests', 429, '{}'],
    ['that it is in conflict', 409, '{"error":{"type":"invalid_request_error","code":"idempotency_key_in_use"}}'],
  ])('because it answers %s: nothing is concluded from it', async (_, status, body) => {
    const url = await answering(status, body);
    await expect(cardAt(url).find(orderId)).rejects.toThrow(PaymentGatewayUnavailable);
    await expect(cardAt(url).authorise(orderId, total, byCard('tok_ok'))).rejects.toThrow(PaymentGatewayUnavailable);
    await expect(known(url).capture(orderId, total)).rejects.toThrow(PaymentOutcomeUnknown);
    await expect(known(url).void(orderId)).rejects.toThrow(PaymentOutcomeUnknown);
  });

  test("because it is another program's server: its 404 does not count as a missing payment", async () => {
    const url = await answering(404, '{"error":"not-found"}');
    await expect(cardAt(url).find(orderId)).rejects.toThrow(PaymentGatewayUnavailable);
    await expect(cardAt(url).authorise(orderId, total, byCard('tok_ok'))).rejects.toThrow(PaymentRequestRefused);
    await expect(cardAt(url).void(orderId)).rejects.toThrow(PaymentRequestRefused);
  });

  test('because it does not know what is on record: nothing is concluded from that either', async () => {
    const url = await answering(
      404,
      '{"error":{"type":"invalid_request_error","code":"resource_missing","param":"intent"}}',
    );
    await expect(known(url).find(orderId)).rejects.toThrow(PaymentGatewayUnavailable);
    await expect(known(url).void(orderId)).rejects.toThrow(PaymentRequestRefused);
  });
});
