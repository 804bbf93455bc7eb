/** What amounts the gateway takes: docs.stripe.com/currencies, "Zero-decimal currencies", "Special cases", "Three-decimal currencies". */
import { invalid } from './refusal.ts';

/** The highest amount of most currencies has eight digits. */
const MOST = 99_999_999;
/** Have no smaller unit in use, and are written with two decimals all the same, which are zeros. */
const WHOLE_UNITS = ['isk', 'ugx'];
/** Have three decimals, of which the last is a zero. */
const THREE_DECIMALS = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];

/** @throws Refusal */
export function checkAmount(amount: number, currency: string, param = 'amount'): void {
  const step = WHOLE_UNITS.includes(currency) ? 100 : THREE_DECIMALS.includes(currency) ? 10 : 1;
  if (amount % step !== 0) {
    throw invalid(
      `Amounts in ${currency} are multiples of ${step}, got ${amount}.`,
      'parameter_invalid_integer',
      param,
    );
  }
  if (amount > MOST) throw invalid(`Amount must be no more than ${MOST}.`, 'amount_too_large', param);
}
