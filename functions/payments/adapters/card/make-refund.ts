import type { Money } from '../../../shared/kernel/money.ts';
import type { PaymentOnRecord } from '../../application/ports.ts';
import { PaymentGatewayUnavailable, PaymentRequestRefused } from '../../domain/errors.ts';
import { failuresOf, type Payment } from '../../domain/payment.ts';
import { amountFor } from './amounts.ts';
import { KEY_IS_KNOWN_MS, keyOf, MOST_KEYS, type OrderAttempts } from './attempts.ts';
import type { CardCalls } from './calls.ts';
import { isToBeRefunded, takenWith } from './refunds.ts';
import type { ShownPayment } from './shown-payment.ts';

interface Refunding {
  readonly record: PaymentOnRecord;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly attempts: OrderAttempts;
  readonly shown: ShownPayment;
}

interface WantedRefund {
  readonly refundId: string;
  readonly amount: Money;
  /** A person wants it tried again that has failed. */
  readonly isAgain: boolean;
}

/**
 * Refunds once for each id. The refunds that there are, are listed first unless they are known, or the gateway still knows the key.
 * Only a person has a refund tried again that the gateway has accepted and that has failed later; it gets a key of its own.
 */
export async function makeRefund(
  { record, now, attempts, shown }: Refunding,
  calls: CardCalls,
  { refundId, amount, isAgain }: WantedRefund,
): Promise<Payment> {
  const { orderId, refund } = record;
  const isOld = refund?.refundId !== refundId || isAgain || now() - refund.askedAt >= KEY_IS_KNOWN_MS;
  const before = shown.payment ?? (isOld ? await shown.find(calls) : undefined);
  if (before && !isToBeRefunded(orderId, before, refundId, amount)) return before;
  const failed = before ? failuresOf(before, refundId).length : 0;
  if (before && failed > 0 && !isAgain) return before;
  const id = await attempts.idOf(shown.attempt, calls);
  const { seen, refunds } = shown;
  shown.forget();
  for (let again = failed + 1; again <= failed + MOST_KEYS; again += 1) {
    const key = keyOf(`${orderId}-refund-${refundId}`, again);
    const result = await calls.refund(id, key, refundId, amountFor(orderId, amount));
    if (result.ok && result.value.kind === 'shown' && !result.value.isReplayed) {
      return takenWith(result.value.shown, seen?.intent, refunds) ?? (await shown.find(calls));
    }
    const after = result.ok ? await shown.find(calls) : await shown.afterwards(calls, result.refusal);
    if (!isToBeRefunded(orderId, after, refundId, amount)) return after;
    if (!result.ok) throw new PaymentGatewayUnavailable(orderId, result.refusal.cause);
    const said = result.value;
    // What was kept as made has failed since.
    if (said.kind === 'shown') return after;
    // What was refused or has failed under this key before was not made, as the list shows: the next key is free.
    const isKept = said.isReplayed || (said.kind === 'refused' && said.isOfKey);
    if (said.kind === 'refused' && !isKept) throw new PaymentRequestRefused(orderId, said.reason);
  }
  throw new PaymentGatewayUnavailable(orderId, new Error(`It keeps failures under ${MOST_KEYS} keys.`));
}
