import { beforeEach, describe, expect, test } from 'vitest';
import { HttpPaymentGateway } from '../../../../../functions/payments/adapters/http-payment-gateway.ts';
import { authorisePayment } from '../../../../../functions/payments/application/authorise.ts';
import { accept } from '../../../../../functions/shared/kernel/result.ts';
import { CircuitOpen } from '../../../../../functions/shared/outbound/errors.ts';
import type { PartnerAnswer, PartnerExchange } from '../../../../../functions/shared/outbound/partner-exchange.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { created, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';

/** Answers these calls, one after the other, and refuses the next before it is sent. */
function authorising(answers: readonly PartnerAnswer[], now = START): Promise<void> {
  const left = [...answers];
  const exchange: PartnerExchange<string> = {
    send: async ({ read }) => {
      const answer = left.shift();
      if (!answer) throw new CircuitOpen('payment-gateway');
      return accept(read(answer)!);
    },
  };
  return authorisePayment(
    { gateways: { card: new HttpPaymentGateway(exchange) }, log, now: () => now },
    { orderId: ORDER_ID, attempt: 0 },
  );
}

let log: InMemoryOrderLog;
const { total } = created().data;
const authorised = (amount: number): PartnerAnswer => ({
  status: 200,
  body: { paymentId: 'pay-1', status: 'authorised', amount, currency: total.currency, refunds: [] },
});
const less = authorised(total.amount - 1);

beforeEach(async () => {
  log = new InMemoryOrderLog();
  await log.append(ORDER_ID, 0, [newEvent(created())]);
});

describe('An authorisation whose circuit opens', () => {
  test('before its first call says that nothing was sent', async () => {
    await expect(authorising([])).rejects.toMatchObject({ name: 'CircuitOpen' });
  });

  test.each([
    ['before it is raised', [less]],
    ['before one that was not raised is voided', [less, less]],
  ])('%s says that its outcome is not known', async (_, answers) => {
    await expect(authorising(answers)).rejects.toMatchObject({ name: 'PaymentOutcomeUnknown' });
  });
});

describe('A payment whose customer had to act, when the time for that is over,', () => {
  const EXPIRES = START + 900_000;
  const challenge = { type: 'redirect', url: 'https://bank.example/challenge' } as const;
  const asked = {
    type: 'PaymentActionRequired',
    data: { amount: total, action: challenge, expiresAt: new Date(EXPIRES).toISOString(), askAgainSeconds: 45 },
  } as const;
  const challenged: PartnerAnswer = {
    status: 200,
    body: {
      ...total,
      key: ORDER_ID,
      paymentId: 'pay-1',
      status: 'requires_action',
      redirectUrl: challenge.url,
      refunds: [],
    },
  };

  beforeEach(async () => {
    await log.append(ORDER_ID, 1, [newEvent(asked, 1)]);
  });

  test.each([
    ['that the customer has not made', challenged],
    ['that the channel does not know', { status: 404, body: { error: 'unknown-payment' } }],
  ])('is asked for once, and nothing is opened again for one %s', async (_, answer) => {
    await expect(authorising([answer], EXPIRES)).rejects.toMatchObject({ name: 'PaymentPending' });
  });

  test.each([
    ['at the end', EXPIRES],
    ['a little early, for its clock is another', EXPIRES - 60_000],
  ])('is not made when its channel has closed it by itself %s', async (_, now) => {
    const card = new HttpPaymentGateway({ send: () => Promise.reject(new Error('Nothing is sent.')) });
    card.find = async () => ({ status: 'closed' });
    const step = { orderId: ORDER_ID, attempt: 0 };
    const closed = authorisePayment({ gateways: { card }, log, now: () => now }, step);
    await expect(closed).rejects.toMatchObject({ name: 'PaymentPending' });
  });

  test('was undone when it is closed before that', async () => {
    const card = new HttpPaymentGateway({ send: () => Promise.reject(new Error('Nothing is sent.')) });
    card.authorise = async () => ({ status: 'closed' });
    const step = { orderId: ORDER_ID, attempt: 0 };
    const undone = authorisePayment({ gateways: { card }, log, now: () => EXPIRES - 60_001 }, step);
    await expect(undone).rejects.toMatchObject({ name: 'PaymentVoided' });
  });

  test('counts when it was made in the last moment', async () => {
    await authorising([authorised(total.amount), authorised(total.amount)], EXPIRES);
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({ type: 'PaymentAuthorised' });
  });
});
