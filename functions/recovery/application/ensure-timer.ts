import type { AwaitedPartner } from '../domain/waiting-step.ts';
import type { AwaitDeps, Timer } from './ports.ts';

type TimerDeps = Pick<AwaitDeps, 'timers' | 'messages' | 'now' | 'newId'>;

/** A message that is so late is taken for lost. */
const LOST_AFTER_MS = 60_000;

/** Whether the timer's message will come, or has just come. */
export const isExpected = ({ message }: Timer, now: number): boolean =>
  message !== undefined && message.dueAt + LOST_AFTER_MS > now;

/** Sends the keeper of the partner its next message, which takes the place of the one that `seen` has. */
export async function setTimer(
  { timers, messages, now, newId }: TimerDeps,
  partner: AwaitedPartner,
  seen: Timer | undefined,
  { at, rounds }: { readonly at: number; readonly rounds: number },
): Promise<void> {
  const delayMs = Math.min(Math.max(at - now(), 0), messages.longestMs);
  const id = newId();
  // First the message: without its entry it does no harm, but an entry without its message would keep orders waiting.
  await messages.round(partner, id, delayMs);
  await timers.set(partner, seen, { id, dueAt: now() + delayMs, rounds });
}

/** Makes sure that the keeper of the partner looks at `at`, or sooner. Call it after the wait is put. */
export async function ensureTimer(deps: TimerDeps, partner: AwaitedPartner, at: number): Promise<void> {
  const timer = await deps.timers.touch(partner, deps.now());
  if (isExpected(timer, deps.now()) && timer.message!.dueAt <= at) return;
  await setTimer(deps, partner, timer, { at, rounds: timer.rounds });
}
