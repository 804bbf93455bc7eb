import { beforeEach, describe, expect, test } from 'vitest';
import { authorisePayment } from '../../../../../functions/payments/application/authorise.ts';
import type { PaymentGateway } from '../../../../../functions/payments/application/ports.ts';
import { accept } from '../../../../../functions/shared/kernel/result.ts';
import { CircuitOpen } from '../../../../../functions/shared/outbound/errors.ts';
import type { PartnerAnswer, PartnerExchange } from '../../../../../functions/shared/outbound/partner-exchange.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../../support/fakes/in-memory-payment-gateway.ts';
import { created, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';
import { cardGatewayOver } from '../../../../support/payments/card-at.ts';

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
  const card = cardGatewayOver(exchange, () => now);
  return authorisePayment({ gateways: { card }, log, now: () => now }, { orderId: ORDER_ID, attempt: 0 });
}

let log: InMemoryOrderLog;
const { total } = created().data;
const intent = (status: string, more: object = {}): PartnerAnswer => ({
  status: 200,
  body: { id: 'pi_1', status, amount: total.amount, currency: total.currency.toLowerCase(), ...more },
});
const CARD_ERROR = { error: { type: 'card_error', code: 'card_declined', decline_code: 'limit_exceeded' } };
const opened = intent('requires_payment_method');
const again: PartnerAnswer = { ...opened, headers: { 'idempotent-replayed': 'true' } };
const authorised = (amount: number) => intent('requires_capture', { amount, amount_capturable: amount });
const less = authorised(total.amount - 1);

beforeEach(async () => {
  log = new InMemoryOrderLog();
  await log.append(ORDER_ID, 0, [newEvent(created())]);
});

describe('An authorisation whose circuit opens', () => {
  test.each([
    ['before its first call', []],
    ['before the card is asked for anything', [opened]],
  ])('%s says that nothing was sent', async (_, answers) => {
    await expect(authorising(answers)).rejects.toMatchObject({ name: 'CircuitOpen' });
  });

  test.each([
    ['before it is raised', [opened, less]],
    ['before one that was not raised is voided', [opened, less, { status: 402, body: CARD_ERROR }]],
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
  const challenged = intent('requires_action', {
    next_action: { type: 'redirect_to_url', redirect_to_url: { url: challenge.url } },
  });

  beforeEach(async () => {
    await log.append(ORDER_ID, 1, [newEvent(asked, 1)]);
  });

  test.each([
    ['that the customer has not made', [again, challenged]],
    ['that the channel does not know', [opened]],
  ])('is asked for once, and nothing is confirmed again for one %s', async (_, answers) => {
    await expect(authorising(answers, EXPIRES)).rejects.toMatchObject({ name: 'PaymentPending' });
  });

  const closedAt = (now: number, how: Partial<PaymentGateway>): Promise<void> => {
    const card = Object.assign(new InMemoryPaymentGateway(), how);
    return authorisePayment({ gateways: { card }, log, now: () => now }, { orderId: ORDER_ID, attempt: 0 });
  };

  test.each([
    ['at the end', EXPIRES],
    ['a little early, for its clock is another', EXPIRES - 60_000],
  ])('is not made when its channel has closed it by itself %s', async (_, now) => {
    const closed = closedAt(now, { find: async () => ({ status: 'closed' }) });
    await expect(closed).rejects.toMatchObject({ name: 'PaymentPending' });
  });

  test('was undone when it is closed before that', async () => {
    const undone = closedAt(EXPIRES - 60_001, { authorise: async () => ({ status: 'closed' }) });
    await expect(undone).rejects.toMatchObject({ name: 'PaymentVoided' });
  });

  test('counts when it was made in the last moment', async () => {
    const inTime = authorised(total.amount);
    await authorising([again, inTime, again, inTime], EXPIRES);
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({ type: 'PaymentAuthorised' });
  });
});
