import type { Call, Circuit, Unreported } from './circuit.ts';

export const NOTHING_UNREPORTED: Unreported = {
  succeeded: 0,
  failed: 0,
  rejected: 0,
  inWindow: { since: 0, calls: 0 },
};

export const ONE_REJECTED: Unreported = { ...NOTHING_UNREPORTED, rejected: 1 };

/** One call that has ended. @param circuit as it is known: only a success in its window counts for its share of failures */
export function oneEnded({ outcome, epoch }: Call, circuit: Circuit): Unreported {
  if (outcome === 'failed') return { ...NOTHING_UNREPORTED, failed: 1 };
  const window = circuit.state === 'closed' && circuit.epoch === epoch ? circuit.window : null;
  return { ...NOTHING_UNREPORTED, succeeded: 1, ...(window ? { inWindow: { since: window.since, calls: 1 } } : {}) };
}

/** All calls of both; of two windows the newer. */
export function together(one: Unreported, other: Unreported): Unreported {
  const [older, newer] = one.inWindow.since < other.inWindow.since ? [one, other] : [other, one];
  const { since, calls } = newer.inWindow;
  return {
    succeeded: one.succeeded + other.succeeded,
    failed: one.failed + other.failed,
    rejected: one.rejected + other.rejected,
    inWindow: { since, calls: calls + (older.inWindow.since === since ? older.inWindow.calls : 0) },
  };
}
