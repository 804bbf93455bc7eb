import type { Clock } from '../contracts.ts';
import { Halted, type StopSignal } from './stop-signal.ts';

/** A point in time at which a wait fails, unless the deadline is moved before. */
export interface Deadline {
  /** Milliseconds since the epoch; undefined for never. */
  readonly atMs: number | undefined;
  readonly error: () => Error;
  /** Given the function that moves the deadline; returns what ends that. */
  readonly movedBy?: (move: (atMs: number) => void) => () => void;
}

/**
 * The outcome of `work`, while the branch goes on and no deadline has passed. The work itself is not cancelled.
 * @throws Halted when the branch is stopped meanwhile; the deadline's error when one passes
 */
export function outcomeOf<Value>(
  work: Promise<Value>,
  signal: StopSignal,
  clock: Clock,
  deadlines: readonly Deadline[],
): Promise<Value> {
  return new Promise<Value>((resolve, reject) => {
    const release: (() => void)[] = [];
    const end =
      <Outcome>(settle: (outcome: Outcome) => void) =>
      (outcome: Outcome) => {
        for (const undo of release) undo();
        settle(outcome);
      };
    const fail = end<unknown>(reject);
    work.then(end(resolve), fail);
    // What was called may have stopped the branch itself.
    signal.check();
    release.push(signal.onStop(() => fail(new Halted())));
    for (const { atMs, error, movedBy } of deadlines) {
      if (atMs === undefined) continue;
      const pass = () => fail(error());
      let cancel = clock.at(atMs, pass);
      release.push(() => cancel());
      if (movedBy) {
        release.push(
          movedBy((laterMs) => {
            cancel();
            cancel = clock.at(laterMs, pass);
          }),
        );
      }
    }
  });
}

/** Waits until `atMs`. @throws Halted when the branch is stopped meanwhile */
export async function waitUntil(atMs: number, signal: StopSignal, clock: Clock): Promise<void> {
  signal.check();
  if (atMs <= clock.now()) return;
  await new Promise<void>((resolve, reject) => {
    const cancel = clock.at(atMs, () => {
      release();
      resolve();
    });
    const release = signal.onStop(() => {
      cancel();
      reject(new Halted());
    });
  });
}
