/** What a person wrote about a transfer may be about its payer: it is kept as long as the personal data of orders, and no longer. */
import type { SettledReasons } from './bank-ports.ts';

export interface ForgetReasonsDeps {
  readonly reasons: SettledReasons;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long it is kept after the transfer came. */
  readonly keptDays: number;
}

const DAY_MS = 86_400_000;
/** Of one call; the others are for the next. */
const MOST = 25;

export async function forgetReasons({ reasons, now, keptDays }: ForgetReasonsDeps): Promise<void> {
  const before = new Date(now() - keptDays * DAY_MS).toISOString();
  for (const transferId of await reasons.before(before, MOST)) await reasons.forget(transferId);
}
