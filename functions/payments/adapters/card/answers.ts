/** What the card gateway's answers say. Source: docs.stripe.com/api, payment_intents, refunds and errors. */
import * as z from 'zod';
import type { PartnerAnswer } from '../../../shared/outbound/partner-exchange.ts';
import { KEPT_FAILURE } from './exchange.ts';

const amount = z.int().min(0);
const id = z.string().min(1);

const cardError = z.object({ code: z.string().nullish(), decline_code: z.string().nullish() });

const refund = z.object({
  id,
  amount,
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  /** Such as `expired_or_canceled_card`. */
  failure_reason: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
export type GatewayRefund = z.output<typeof refund>;

/** A page of refunds, newest first. */
const refundList = z.object({ data: z.array(refund), has_more: z.boolean() });
export type RefundList = z.output<typeof refundList>;

/** As it is in an answer that was asked to show it. */
const charge = z.object({
  payment_intent: id.nullish(),
  amount_captured: amount,
  currency: z.string(),
  refunds: refundList.nullish(),
});
export type Charge = z.output<typeof charge>;

const intent = z.object({
  id,
  status: z.enum([
    'requires_payment_method',
    'requires_confirmation',
    'requires_action',
    'processing',
    'requires_capture',
    'canceled',
    'succeeded',
  ]),
  amount,
  amount_capturable: amount.default(0),
  amount_received: amount.default(0),
  currency: z.string().regex(/^[a-z]{3}$/),
  /** Seconds since the epoch. */
  created: z.int().exactOptional(),
  cancellation_reason: z.string().nullish(),
  latest_charge: z.union([id, charge]).nullish(),
  last_payment_error: cardError.nullish(),
  next_action: z.object({ redirect_to_url: z.object({ url: z.url({ protocol: /^https?$/ }) }).nullish() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
export type Intent = z.output<typeof intent>;

const searchResult = z.object({ data: z.array(intent) });

const refusal = z.object({
  error: cardError.extend({
    type: z.string(),
    param: z.string().nullish(),
    payment_intent: intent.nullish(),
  }),
});

/** A refusal of a request. */
export interface Refused {
  readonly kind: 'refused';
  /** The gateway's code, or the HTTP status. */
  readonly reason: string;
  readonly param: string | undefined;
  /** A request with these parameters is never taken. */
  readonly isInvalid: boolean;
  /** The key was used for another request before. */
  readonly isOfKey: boolean;
  /** Why the card was declined; undefined when it was not about the card. */
  readonly declineCode: string | undefined;
  /** The payment as it is. */
  readonly intent: Intent | undefined;
}

/** What an answer says: what was asked for; a refusal; or that what has failed under this key stays failed. */
export type Said<Shown> = { readonly isReplayed: boolean } & (
  | { readonly kind: 'shown'; readonly shown: Shown }
  | Refused
  | { readonly kind: 'failed for good' }
);

/** Undefined when the answer tells no outcome. 409 and 429 tell that the request was not carried out now, and nothing about an earlier one. */
const readerOf =
  <Shown>(schema: z.ZodType<Shown>) =>
  ({ status, body, headers }: PartnerAnswer): Said<Shown> | undefined => {
    const isReplayed = headers?.['idempotent-replayed'] === 'true';
    // The gateway has a 424 of its own, for a failure behind it: that one tells no outcome.
    if (status === KEPT_FAILURE && !isReplayed) return undefined;
    if (status === KEPT_FAILURE) return { kind: 'failed for good', isReplayed };
    if (status === 200 || status === 201) {
      const shown = schema.safeParse(body).data;
      return shown === undefined ? undefined : { kind: 'shown', shown, isReplayed };
    }
    if (status < 400 || status === 409 || status === 429) return undefined;
    const { error } = refusal.safeParse(body).data ?? {};
    return {
      kind: 'refused',
      reason: error?.code ?? `${status}`,
      param: error?.param ?? undefined,
      isInvalid: status === 400 && error?.type === 'invalid_request_error',
      isOfKey: error?.type === 'idempotency_error',
      declineCode: error?.type === 'card_error' ? declineCodeOf(error) : undefined,
      intent: error?.payment_intent ?? undefined,
      isReplayed,
    };
  };

export const readIntent = readerOf(intent);
export const readSearch = readerOf(searchResult);
export const readRefunds = readerOf(refundList);

/** With its charge, when that was asked for. */
const madeRefund = refund.extend({ charge: z.union([id, charge]).nullish() });
export type MadeRefund = z.output<typeof madeRefund>;
export const readRefund = readerOf(madeRefund);

/** The bank's reason, or the gateway's; a challenge that was failed has the name that all channels have for it. */
export function declineCodeOf({ code, decline_code: declineCode }: z.output<typeof cardError>): string {
  const reason = declineCode ?? code ?? 'card_declined';
  return reason === 'payment_intent_authentication_failure' ? 'authentication_failed' : reason;
}
