import { beforeEach, describe, expect, test } from 'vitest';
import { HttpPaymentGateway } from '../../../../../functions/payments/adapters/http-payment-gateway.ts';
import { authorisePayment } from '../../../../../functions/payments/application/authorise.ts';
import { accept } from '../../../../../functions/shared/kernel/result.ts';
import { CircuitOpen } from '../../../../../functions/shared/outbound/errors.ts';
import type { PartnerAnswer, PartnerExchange } from '../../../../../functions/shared/outbound/partner-exchange.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { created, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';

/** Answers these calls, one after the other, and refuses the next before it is sent. */
function authorising(answers: readonly PartnerAnswer[]): Promise<void> {
  const left = [...answers];
  const exchange: PartnerExchange<string> = {
    send: async ({ read }) => {
      const answer = left.shift();
      if (!answer) throw new CircuitOpen('payment-gateway');
      return accept(read(answer)!);
    },
  };
  return authorisePayment(
    { gateways: { card: new HttpPaymentGateway(exchange) }, log, now: () => START },
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
