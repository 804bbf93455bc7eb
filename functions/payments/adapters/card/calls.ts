import type { OrderId } from '../../../shared/kernel/ids.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import type { PartnerAnswer, PartnerExchange, PartnerSilence } from '../../../shared/outbound/partner-exchange.ts';
import type { PaymentOperation } from '../partner.ts';
import { type Intent, type RefundList, readIntent, readRefund, readRefunds, readSearch, type Said } from './answers.ts';
import type { Form } from './form.ts';
import { CANCELLED } from './payment-in.ts';

/** Without an answer, the outcome is not known. */
export type Answered<Shown> = Promise<Result<Said<Shown>, PartnerSilence>>;

const INTENTS = '/v1/payment_intents';
/** A payment that is taken is shown with its refunds. */
const WITH_REFUNDS = 'expand[0]=latest_charge.refunds';

export interface Confirmation {
  readonly token: string;
  /** Where the bank sends its customer after a challenge. */
  readonly returnUrl: string;
  /** The customer is not there to pass a challenge. */
  readonly isOffSession: boolean;
}

/** The requests about one order's payments. Source: docs.stripe.com/api/payment_intents and /api/refunds. */
export class CardCalls {
  readonly #exchange: PartnerExchange<PaymentOperation>;
  readonly #orderId: OrderId;
  readonly #operation: PaymentOperation;

  /** @param operation what they are sent for */
  constructor(exchange: PartnerExchange<PaymentOperation>, orderId: OrderId, operation: PaymentOperation) {
    this.#exchange = exchange;
    this.#orderId = orderId;
    this.#operation = operation;
  }

  create(key: string, amount: number, currency: string, attempt: number): Answered<Intent> {
    const form = {
      amount,
      currency: currency.toLowerCase(),
      capture_method: 'manual',
      allowed_payment_method_types: ['card'],
      metadata: { order_id: this.#orderId, attempt },
    };
    return this.#post(INTENTS, readIntent, form, key);
  }

  /** What was changed in the last minute may not be found, or as it was before. */
  search(): Answered<{ readonly data: readonly Intent[] }> {
    const query = encodeURIComponent(`metadata['order_id']:'${this.#orderId}'`);
    return this.#get(`${INTENTS}/search?query=${query}&limit=100`, readSearch);
  }

  retrieve(id: string): Answered<Intent> {
    return this.#get(`${pathOf(id)}?${WITH_REFUNDS}`, readIntent);
  }

  setAmount(id: string, amount: number): Answered<Intent> {
    return this.#post(pathOf(id), readIntent, { amount });
  }

  confirm(id: string, key: string, { token, returnUrl, isOffSession }: Confirmation): Answered<Intent> {
    const form = {
      payment_method: token,
      payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
      ...(isOffSession ? { off_session: true } : { return_url: returnUrl }),
    };
    return this.#post(`${pathOf(id)}/confirm`, readIntent, form, key);
  }

  increment(id: string, key: string, amount: number): Answered<Intent> {
    return this.#post(`${pathOf(id)}/increment_authorization`, readIntent, { amount }, key);
  }

  /** Without a key: an intent is captured once by itself, and a repetition is answered with the intent as it is. */
  capture(id: string, amount: number): Answered<Intent> {
    return this.#post(`${pathOf(id)}/capture`, readIntent, { amount_to_capture: amount });
  }

  /** Without a key, as a capture. */
  cancel(id: string, why: keyof typeof CANCELLED): Answered<Intent> {
    return this.#post(`${pathOf(id)}/cancel`, readIntent, { cancellation_reason: CANCELLED[why] });
  }

  refund(id: string, key: string, refundId: string, amount: number) {
    const form = {
      payment_intent: id,
      amount,
      metadata: { order_id: this.#orderId, refund_id: refundId },
      expand: ['charge.refunds'],
    };
    return this.#post('/v1/refunds', readRefund, form, key);
  }

  /** Newest first. @param after the last one that is known, of which older ones follow */
  refunds(id: string, after?: string): Answered<RefundList> {
    const query = { payment_intent: id, limit: '100', ...(after !== undefined && { starting_after: after }) };
    return this.#get(`/v1/refunds?${new URLSearchParams(query).toString()}`, readRefunds);
  }

  #get<Shown>(path: string, read: (answer: PartnerAnswer) => Said<Shown> | undefined): Answered<Shown> {
    const [operation, affinity] = [this.#operation, this.#orderId];
    return this.#exchange.send({ operation, affinity, method: 'GET', path, read });
  }

  #post<Shown>(
    path: string,
    read: (answer: PartnerAnswer) => Said<Shown> | undefined,
    body: Form,
    key?: string,
  ): Answered<Shown> {
    return this.#exchange.send({
      operation: this.#operation,
      affinity: this.#orderId,
      method: 'POST',
      path,
      body,
      ...(key !== undefined && { headers: { 'idempotency-key': key } }),
      read,
    });
  }
}

const pathOf = (id: string): string => `${INTENTS}/${encodeURIComponent(id)}`;
