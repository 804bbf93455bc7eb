import type { Catcher, Retrier } from './definition.ts';
import { matches, type TaskFailure } from './failure.ts';

const DEFAULTS = { IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 } as const;

/** What follows a failed attempt. */
export type Recovery =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly attempts: readonly number[] }
  | { readonly kind: 'catch'; readonly catcher: Catcher }
  | { readonly kind: 'fail' };

/**
 * Chooses as the Amazon States Language says: the first retrier that names the error, while it has attempts left; else
 * the first catcher that names it; else the failure goes up.
 * @param attempts how often each retrier was used since the state was entered
 * @param random gives numbers from 0 to below 1, for the jitter
 */
export function recover(
  { Retry = [], Catch = [] }: { readonly Retry?: readonly Retrier[]; readonly Catch?: readonly Catcher[] },
  failure: TaskFailure,
  attempts: readonly number[],
  random: () => number,
): Recovery {
  const index = Retry.findIndex(({ ErrorEquals }) => matches(ErrorEquals, failure));
  const retrier = Retry[index];
  if (retrier) {
    const used = attempts[index] ?? 0;
    if (used < (retrier.MaxAttempts ?? DEFAULTS.MaxAttempts)) {
      const counts = Retry.map((_, place) => (attempts[place] ?? 0) + (place === index ? 1 : 0));
      return { kind: 'retry', delayMs: delayOf(retrier, used, random), attempts: counts };
    }
  }
  const catcher = Catch.find(({ ErrorEquals }) => matches(ErrorEquals, failure));
  return catcher ? { kind: 'catch', catcher } : { kind: 'fail' };
}

function delayOf(retrier: Retrier, used: number, random: () => number): number {
  const {
    IntervalSeconds = DEFAULTS.IntervalSeconds,
    BackoffRate = DEFAULTS.BackoffRate,
    MaxDelaySeconds = Number.POSITIVE_INFINITY,
    JitterStrategy = 'NONE',
  } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** used, MaxDelaySeconds);
  return Math.round(seconds * 1_000 * (JitterStrategy === 'FULL' ? random() : 1));
}
