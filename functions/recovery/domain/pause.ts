/**
 * When a waiting order may be released. It pauses longer each time that it comes back: a step that fails although its partner is
 * there has trouble of its own, and a lone order must not be tried every half minute for hours while its partner is away. A limit that
 * refused its call, or an instance that cannot be reached, is no trouble of the order: that pause stays short.
 */
import type { CircuitState } from './circuit-state.ts';
import type { WaitKind } from './waiting-step.ts';

/**
 * What holds the order.
 * - `circuit`: its partner's circuit is not closed; once it closes, the order may go on at once
 * - `time`: it waits until a moment
 */
export type HeldBy = 'circuit' | 'time';

export interface Pause {
  readonly heldBy: HeldBy;
  /** Milliseconds since the epoch. */
  readonly readyAt: number;
  /** How often in a row the order came back and was held by the same. */
  readonly returns: number;
}

/** The errors of a call that was not sent, for no reason of the order. When no instance can be reached for long, the circuit opens. */
const NOT_SENT = ['PartnerBusy', 'NoHealthyInstance'];
const FIRST_SECONDS = { circuit: 15, time: 5 };
const LONGEST_SECONDS: Readonly<Record<WaitKind, number>> = { forward: 300, compensation: 900, completion: 900 };
/** With a person's task open, the attempts only find out whether the trouble has gone away. */
const LONGEST_WITH_TASK_SECONDS = 21_600;

export function pauseOf({
  error,
  circuit,
  before,
  kind,
  withTask,
  firstSeconds,
  now,
}: {
  /** Why the step did not succeed. */
  readonly error: string;
  readonly circuit: CircuitState;
  /** The last pause of the same step. */
  readonly before: Pick<Pause, 'heldBy' | 'returns'> | undefined;
  readonly kind: WaitKind;
  readonly withTask: boolean;
  /** @default a few seconds */
  readonly firstSeconds?: number;
  readonly now: number;
}): Pause {
  const heldBy = circuit.state === 'closed' ? 'time' : 'circuit';
  if (heldBy === 'time' && NOT_SENT.includes(error)) {
    return { heldBy, returns: 0, readyAt: now + 1_000 * FIRST_SECONDS.time };
  }
  const returns = before?.heldBy === heldBy ? before.returns + 1 : 0;
  // An order that meets an open circuit was not tried in vain yet.
  if (heldBy === 'circuit' && returns === 0) return { heldBy, returns, readyAt: now };
  const first = firstSeconds ?? FIRST_SECONDS[heldBy];
  const longest = Math.max(withTask ? LONGEST_WITH_TASK_SECONDS : LONGEST_SECONDS[kind], first);
  const seconds = Math.min(first * 2 ** Math.min(returns, 20), longest);
  return { heldBy, returns, readyAt: now + 1_000 * seconds };
}
