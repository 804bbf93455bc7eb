import { describe, expect, test } from 'vitest';
import type { Payment } from '../../../../../functions/payments/domain/payment.ts';
import {
  afterAuthorisation,
  afterCapture,
  afterFailedRaise,
  afterRaise,
  afterRenewal,
} from '../../../../../functions/payments/domain/take-payment.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import type { StepOutcome } from '../../../../../functions/shared/kernel/step-outcome.ts';
import { ORDER_ID } from '../../../../support/orders/streams.ts';

const amount = money(4_500, 'CNY');
const held = { paymentId: 'pay-1', amount };

const said = ({ fact, refusal }: StepOutcome<OrderEvent>) => ({
  fact: fact?.type,
  refusal: refusal?.name,
  retryable: refusal?.retryable,
});
const recorded = (fact: string | undefined) => ({ fact, refusal: undefined, retryable: undefined });
const refused = (refusal: string, retryable: boolean, fact?: string) => ({ fact, refusal, retryable });

const PAYMENTS: Readonly<Record<Payment['status'], Payment>> = {
  none: { status: 'none' },
  pending: { status: 'pending', amount },
  declined: { status: 'declined', declineCode: 'insufficient_funds' },
  authorised: { status: 'authorised', ...held },
  expired: { status: 'expired', ...held },
  captured: { status: 'captured', ...held, refunds: [] },
  voided: { status: 'voided', paymentId: 'pay-1' },
  refunded: { status: 'refunded', ...held, refunds: [{ refundId: 'r-1', amount }] },
  closed: { status: 'closed' },
};

const CARD = { separateCapture: true, askAgainSeconds: 30, expiresAt: '1970-01-01T00:01:00.000Z' };

describe('After an authorisation', () => {
  test.each([
    ['authorised', recorded('PaymentAuthorised')],
    ['captured', recorded('PaymentAuthorised')],
    ['expired', recorded('PaymentAuthorised')],
    ['declined', refused('PaymentDeclined', false, 'PaymentDeclined')],
    ['voided', refused('PaymentVoided', false)],
    ['refunded', refused('PaymentVoided', false)],
    ['closed', refused('PaymentVoided', false)],
    ['pending', refused('PaymentPending', false)],
    ['none', refused('PaymentGatewayUnavailable', true)],
  ] as const)('a payment that is %s means %j', (status, outcome) => {
    expect(said(afterAuthorisation(ORDER_ID, PAYMENTS[status], CARD))).toEqual(outcome);
  });

  test("the fact carries the gateway's id and what is held", () => {
    expect(afterAuthorisation(ORDER_ID, PAYMENTS.authorised, CARD).fact).toEqual({
      type: 'PaymentAuthorised',
      data: held,
    });
  });
});

describe('After an authorisation of a channel that the customer pays at checkout', () => {
  const terms = { ...CARD, separateCapture: false };

  test('the money is taken, and there is no authorisation', () => {
    expect(afterAuthorisation(ORDER_ID, PAYMENTS.captured, terms).fact).toEqual({
      type: 'PaymentCaptured',
      data: held,
    });
  });

  test('the customer is told what to do and until when, and the order waits', () => {
    const action = { type: 'qr_code', text: 'weixin://pay' } as const;
    const { fact, refusal } = afterAuthorisation(ORDER_ID, { status: 'pending', amount, action }, terms);
    expect(refusal?.name).toBe('PaymentPending');
    expect(fact).toEqual({
      type: 'PaymentActionRequired',
      data: { amount, action, expiresAt: '1970-01-01T00:01:00.000Z', askAgainSeconds: 30 },
    });
  });
});

describe('After a capture', () => {
  test.each([
    ['captured', recorded('PaymentCaptured')],
    ['declined', refused('PaymentDeclined', false)],
    ['voided', refused('PaymentVoided', false)],
    ['refunded', refused('PaymentVoided', false)],
    ['closed', refused('PaymentVoided', false)],
    ['none', refused('PaymentNotAuthorised', false)],
    ['authorised', refused('PaymentGatewayUnavailable', true)],
    ['expired', refused('PaymentGatewayUnavailable', true)],
  ] as const)('a payment that is %s means %j', (status, outcome) => {
    expect(said(afterCapture(ORDER_ID, PAYMENTS[status]))).toEqual(outcome);
  });

  test("the fact carries the gateway's id and what was taken", () => {
    expect(afterCapture(ORDER_ID, PAYMENTS.captured).fact).toEqual({ type: 'PaymentCaptured', data: held });
  });
});

describe('After a renewal of an authorisation that has expired', () => {
  test.each([
    ['authorised', recorded('PaymentAuthorised')],
    ['expired', refused('PaymentDeclined', false)],
    ['captured', recorded(undefined)],
    ['voided', recorded(undefined)],
  ] as const)('a payment that is %s means %j', (status, outcome) => {
    expect(said(afterRenewal(ORDER_ID, PAYMENTS[status], 2))).toEqual(outcome);
  });

  test('the fact says which attempt it was', () => {
    expect(afterRenewal(ORDER_ID, PAYMENTS.authorised, 3).fact).toEqual({
      type: 'PaymentAuthorised',
      data: { ...held, attempt: 3 },
    });
  });
});

test('A declined card is told with its code', () => {
  const data = { declineCode: 'insufficient_funds' };
  expect(afterAuthorisation(ORDER_ID, PAYMENTS.declined, CARD).fact).toEqual({ type: 'PaymentDeclined', data });
});

describe('After a raise', () => {
  const more = money(5_000, 'CNY');
  const { authorised, captured, voided, none } = PAYMENTS;

  test.each([
    ['an authorisation', authorised],
    ['a payment at checkout', captured],
  ])('%s of less is a refusal', (_, payment) => {
    const { fact, refusal } = afterRaise(ORDER_ID, payment, more);
    expect(fact).toBeUndefined();
    expect(refusal).toMatchObject({ name: 'PaymentDeclined', data: { orderId: ORDER_ID, declineCode: 'not_raised' } });
  });

  test('an authorisation of as much is a fact', () => {
    expect(afterRaise(ORDER_ID, authorised, amount)).toEqual({ fact: { type: 'PaymentAuthorised', data: held } });
  });

  test.each([
    ['a payment at checkout of as much', captured, amount],
    ['a payment that was voided', voided, more],
    ['no payment', none, more],
  ])('%s needs nothing', (_, payment, wanted) => {
    expect(afterRaise(ORDER_ID, payment, wanted)).toEqual({});
  });

  test('that failed, the order is told so', () => {
    expect(afterFailedRaise(ORDER_ID).fact).toEqual({ type: 'PaymentDeclined', data: { declineCode: 'not_raised' } });
  });
});
