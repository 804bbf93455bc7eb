/** Translates the gateway's answers. */
import * as z from 'zod';
import { money } from '../../shared/kernel/money.ts';
import type { PartnerAnswer } from '../../shared/outbound/partner-exchange.ts';
import type { Payment } from '../domain/payment.ts';

const id = { paymentId: z.string().min(1) };
const amount = z.int().min(0);
const currency = z.string();

const taken = {
  ...id,
  capturedAmount: amount,
  currency,
  refunds: z.array(z.object({ refundKey: z.string(), amount })),
};

const payment = z
  .discriminatedUnion('status', [
    z.object({
      ...id,
      status: z.literal('requires_action'),
      amount,
      currency,
      redirectUrl: z.url({ protocol: /^https?$/ }),
    }),
    z.object({ ...id, status: z.enum(['authorised', 'expired']), amount, currency }),
    z.object({ ...taken, status: z.literal('captured') }),
    z.object({ ...taken, status: z.literal('refunded') }),
    z.object({ status: z.literal('voided'), paymentId: z.string().min(1).optional() }),
    z.object({ status: z.literal('declined'), declineCode: z.string() }),
  ])
  .transform((body): Payment => {
    switch (body.status) {
      case 'requires_action': {
        const action = { type: 'redirect', url: body.redirectUrl } as const;
        return { status: 'pending', amount: money(body.amount, body.currency), action };
      }
      case 'authorised':
      case 'expired':
        return { status: body.status, paymentId: body.paymentId, amount: money(body.amount, body.currency) };
      case 'captured':
      case 'refunded':
        return {
          status: body.status,
          paymentId: body.paymentId,
          amount: money(body.capturedAmount, body.currency),
          refunds: body.refunds.map((refund) => ({
            refundId: refund.refundKey,
            amount: money(refund.amount, body.currency),
          })),
        };
      case 'voided':
        return body.paymentId === undefined ? { status: 'closed' } : { status: 'voided', paymentId: body.paymentId };
      case 'declined':
        return body;
    }
  });

const declined = z
  .object({ error: z.literal('declined'), declineCode: z.string() })
  .transform(({ declineCode }): Payment => ({ status: 'declined', declineCode }));

/** A raise that was declined is answered with the payment, which is as it was. */
const notRaised = z.union([payment, declined]);

/** The 404 of another server, such as at a wrong base URL, must not pass for a payment that is not there. */
const unknown = z.object({ error: z.literal('unknown-payment') }).transform((): Payment => ({ status: 'none' }));

const BY_STATUS: Readonly<Record<number, z.ZodType<Payment>>> = {
  200: payment,
  201: payment,
  402: notRaised,
  404: unknown,
};

/** The payment that an answer shows; undefined when it shows none. */
export function paymentIn({ status, body }: PartnerAnswer): Payment | undefined {
  return BY_STATUS[status]?.safeParse(body).data;
}
