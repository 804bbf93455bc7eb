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

/** On an emulator each request costs another process's time: as many clients as a test may have at once there. */
const EMULATORS_CLIENTS = 8;

/** How many of these clients may ask at once on this target. */
export const clientsOf = (wanted: number): number =>
  TARGET === 'emulator' ? Math.min(wanted, EMULATORS_CLIENTS) : wanted;

/** How often a test looks whether something has come about, in milliseconds. */
export const LOOK_EVERY_MS = TARGET === 'emulator' ? 250 : 25;
