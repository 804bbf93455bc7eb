import type { Construct } from 'constructs';

export const EMULATORS = ['localstack', 'ministack'] as const;
export type EmulatorName = (typeof EMULATORS)[number];

/**
 * The emulator of AWS that the app is made for: the context value `emulator`; undefined for AWS, whose templates are the same with and
 * without this folder. On emulators the app goes without what they do not have:
 * - versions and aliases of state machines: executions start on the newest definition;
 * - versions and aliases of functions, of which nobody has tried whether everything there calls by them: callers call the functions themselves;
 * - alarms on sums of metrics, and with them objectives and the dashboard;
 * - the rotation of credentials by date.
 *
 * @throws Error when the context names an emulator that is not known
 */
export function emulatorOf(scope: Construct): EmulatorName | undefined {
  const named = scope.node.tryGetContext('emulator') as unknown;
  if (named === undefined) return undefined;
  const emulator = EMULATORS.find((known) => known === named);
  if (emulator) return emulator;
  throw new Error(`The context value "emulator" is ${JSON.stringify(named)}; expected one of ${EMULATORS.join(', ')}.`);
}

/**
 * MiniStack runs Node's functions in a loop of its own, which loses the name of an error, and so what a saga retries and catches by. There
 * each function brings its own loop of the Runtime API, as custom runtimes do.
 */
export const bringsItsOwnLoop = (scope: Construct): boolean => emulatorOf(scope) === 'ministack';
