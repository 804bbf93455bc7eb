import * as z from 'zod';
import type { Contract } from '../../../shared/http/contract.ts';
import { links, money, orderId } from '../../../shared/http/fields.ts';
import { paymentAction } from '../../../shared/http/payment-action.ts';
import { ORDER_NOT_FOUND } from '../../../shared/http/problems.ts';
import { TASKS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';

const ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const PATH = `/api/v1/orders/${ORDER_ID}/payment/at-gateway`;

const paymentId = z.string();
const taken = {
  paymentId,
  amount: money.describe('What was captured.'),
  refunds: z.array(
    z.object({
      refundId: z.string(),
      amount: money,
      isPending: z
        .literal(true)
        .exactOptional()
        .describe('The channel has accepted the refund; the money is still to go back.'),
    }),
  ),
  failed: z
    .array(
      z.object({
        refundId: z.string(),
        amount: money,
        reason: z.string().describe('The channel’s word for it, such as `expired_or_canceled_card`.'),
        isOpen: z
          .literal(true)
          .exactOptional()
          .describe('The channel’s staff can still have it made; the platform does not make it anew.'),
      }),
    )
    .exactOptional()
    .describe('Each time that a refund was accepted, or even made, and has failed since. Absent when none has.'),
};
const payment = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('pending'), amount: money, action: paymentAction.exactOptional() }),
  z.object({ status: z.literal('declined'), declineCode: z.string() }),
  z.object({ status: z.literal('authorised'), paymentId, amount: money }),
  z.object({ status: z.literal('expired').describe('The authorisation has expired.'), paymentId, amount: money }),
  z.object({ status: z.literal('captured'), ...taken }),
  z.object({ status: z.literal('refunded'), ...taken }),
  z.object({ status: z.literal('voided'), paymentId }),
  z.object({ status: z.literal('closed').describe('Voided before it was authorised.') }),
]);

export const ASKING_GATEWAY_CONTRACTS: readonly Contract[] = [
  {
    ...routes.askGateway,
    tag: TASKS,
    summary: 'Ask the payment gateway about an order',
    description:
      'What the gateway has of the order at this moment; nothing is recorded. While the gateway does not answer, or its circuit is open, the answer is 503.',
    pathParameters: z.object({ orderId }),
    answers: {
      200: {
        description: 'The payment, as the gateway has it.',
        schema: z.object({ orderId, payment, links: links('self') }).meta({ id: 'PaymentAtGateway' }),
      },
    },
    problems: [ORDER_NOT_FOUND],
    examples: [
      {
        name: 'captured',
        summary: 'A confirmed order',
        path: { orderId: ORDER_ID },
        answer: {
          status: 200,
          body: {
            orderId: ORDER_ID,
            payment: {
              status: 'captured',
              paymentId: 'pay_1',
              amount: { amount: 31_140, currency: 'CNY' },
              refunds: [],
            },
            links: { self: PATH },
          },
        },
      },
    ],
  },
];
