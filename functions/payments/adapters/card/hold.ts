import type { Money } from '../../../shared/kernel/money.ts';
import type { PaymentOnRecord } from '../../application/ports.ts';
import { PaymentGatewayUnavailable, PaymentOutcomeUnknown, PaymentRequestRefused } from '../../domain/errors.ts';
import { amountFor } from './amounts.ts';
import type { Intent, Refused } from './answers.ts';
import { keyOf, MOST_KEYS, type OrderAttempts } from './attempts.ts';
import type { CardCalls, Confirmation } from './calls.ts';
import { isUntouched } from './payment-in.ts';

export interface Hold extends Confirmation {
  readonly attempt: number;
  readonly amount: Money;
}

/**
 * Opens an attempt and confirms it, once whatever is repeated. Resolves to the attempt as it is then, which may be long past that.
 * @throws PaymentGatewayUnavailable, PaymentOutcomeUnknown, PaymentRequestRefused
 */
export async function hold(
  { orderId, firstTotal }: PaymentOnRecord,
  attempts: OrderAttempts,
  calls: CardCalls,
  { attempt, amount, ...confirmation }: Hold,
): Promise<Intent> {
  const wanted = amountFor(orderId, amount);
  if (amount.amount !== firstTotal.amount) {
    // The gateway sets the amount of a payment that waits for its customer as well, whose challenge is void then, and forgets a decline.
    const before = await attempts.ask(attempt, calls);
    if (!isUntouched(before)) return before;
    const said = await attempts.saidBy(calls.setAmount(before.id, wanted));
    if (said.kind === 'refused') return pastThis(said) ?? refuse(said);
  }
  const id = await attempts.idOf(attempt, calls);
  const ask = (cause: unknown): Promise<Intent> =>
    attempts.shownBy(calls.retrieve(id)).catch(() => {
      throw new PaymentOutcomeUnknown(orderId, cause);
    });
  for (let again = 1; again <= MOST_KEYS; again += 1) {
    const result = await calls.confirm(id, keyOf(`${orderId}-${attempt}-confirm`, again), confirmation);
    if (!result.ok) {
      const { cause } = result.refusal;
      const intent = await ask(cause);
      if (isUntouched(intent)) throw new PaymentGatewayUnavailable(orderId, cause);
      return intent;
    }
    const said = result.value;
    // A result that was kept may be out of date.
    const now = said.isReplayed || said.kind === 'failed for good' ? await ask('a result that was kept') : undefined;
    if (now && !isUntouched(now)) return now;
    if (said.kind === 'shown') return said.shown;
    if (said.kind === 'refused') return declined(said) ?? pastThis(said) ?? refuse(said);
  }
  throw new PaymentGatewayUnavailable(orderId, new Error(`It keeps failures under ${MOST_KEYS} keys.`));

  function refuse({ reason }: Refused): never {
    throw new PaymentRequestRefused(orderId, reason);
  }

  function declined({ reason, param, declineCode, intent }: Refused): Intent | undefined {
    // A token that the gateway does not know is a card that cannot be charged.
    const isUnknown = reason === 'resource_missing' && param === 'payment_method';
    const code = declineCode ?? (isUnknown ? 'unknown_payment_method' : undefined);
    if (code === undefined) return undefined;
    const untouched: Intent = {
      id,
      status: 'requires_payment_method',
      amount: wanted,
      amount_capturable: 0,
      amount_received: 0,
      currency: amount.currency.toLowerCase(),
    };
    const shown = intent ?? untouched;
    return isUntouched(shown) ? { ...shown, last_payment_error: { decline_code: code } } : shown;
  }
}

/** The intent of a refusal whose reason is that it is past this change. */
const pastThis = ({ intent }: Refused): Intent | undefined => (intent && !isUntouched(intent) ? intent : undefined);
