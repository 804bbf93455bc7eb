/** What the end-to-end suite runs on, as `WAYBILL_TARGET` says. */

export const TARGETS = ['embedded', 'emulator'] as const;
export type Target = (typeof TARGETS)[number];

/** @throws Error when the variable names none */
export function targetIn({ WAYBILL_TARGET = 'embedded' }: NodeJS.ProcessEnv): Target {
  const target = TARGETS.find((known) => known === WAYBILL_TARGET);
  if (target) return target;
  throw new Error(`WAYBILL_TARGET is "${WAYBILL_TARGET}"; expected one of ${TARGETS.join(', ')}.`);
}

export const TARGET = targetIn(process.env);

/** How many requests a test may have under way: on an emulator each costs processes their time, and too many are refused. */
export const CLIENTS = TARGET === 'emulator' ? 8 : Number.POSITIVE_INFINITY;

/** How often a test looks whether something has come about, in milliseconds. */
export const LOOK_EVERY_MS = TARGET === 'emulator' ? 250 : 25;
