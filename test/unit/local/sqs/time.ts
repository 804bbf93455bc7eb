import type { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

const stepMs = 1_000;

/** Lets `ms` pass in small steps, and the promises that each step settles run before the next one. */
export async function pass(clock: VirtualClock, ms: number): Promise<void> {
  await settled();
  for (let left = ms; left > 0; left -= stepMs) {
    clock.advance(Math.min(stepMs, left));
    await settled();
  }
}

/** A few turns of the event loop: enough for promises and immediates that were set off. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
