/** One round of a partner's keeper: which waiting orders go on now, which have waited for too long, and when to look again. */
import { type CircuitState, circuitAt } from './circuit-state.ts';
import type { HeldBy } from './pause.ts';
import type { Ramp } from './settings.ts';

/** What the round has to know of a wait; milliseconds since the epoch. */
export interface Candidate {
  readonly heldBy: HeldBy;
  readonly readyAt: number;
  /** Absent when a person has the task of it: that wait has no end of its own. */
  readonly deadline?: number;
}

export interface RoundSituation<Wait extends Candidate> {
  readonly circuit: CircuitState;
  /** The first to be ready, in this order. */
  readonly ready: readonly Wait[];
  /** The first to end, in this order. */
  readonly ending: readonly Wait[];
  /** How many rounds in a row released orders while the circuit was closed. */
  readonly rounds: number;
  readonly ramp: Ramp;
  readonly now: number;
}

export interface RoundPlan<Wait extends Candidate> {
  /** Those past their deadline. */
  readonly over: readonly Wait[];
  /** Those that may go on, in this order. */
  readonly candidates: readonly Wait[];
  /** How many of the candidates go on now. */
  readonly count: number;
  readonly rounds: number;
  /** When the next round is due, in milliseconds since the epoch; undefined when no order is left to look after. */
  readonly nextAt: number | undefined;
}

/** Until then, probes have either closed the circuit or opened it again. */
export const PROBE_MS = 5_000;
/** No round follows another sooner than that. */
const SHORTEST_MS = 1_000;

export const rampSize = ({ initial, factor, maximum }: Ramp, rounds: number): number =>
  Math.min(Math.floor(initial * factor ** Math.min(rounds, 100)), maximum);

export function planRound<Wait extends Candidate>(situation: RoundSituation<Wait>): RoundPlan<Wait> {
  const { ready, ending, now, ramp } = situation;
  const isOver = ({ deadline }: Wait) => deadline !== undefined && deadline <= now;
  const over = ending.filter(isOver);
  const alive = ready.filter((wait) => !isOver(wait));
  const circuit = circuitAt(situation.circuit, now);
  const nextDeadline = ending.find((wait) => !isOver(wait))?.deadline;
  // The rest of a full page may be over, too.
  const morePages = ending.length > 0 && over.length === ending.length ? now + SHORTEST_MS : undefined;
  const { candidates, count, rounds, onAt } = released();
  const nextAt = earliest(onAt, nextDeadline, morePages);
  return {
    over,
    candidates,
    count,
    rounds,
    nextAt: nextAt === undefined ? undefined : Math.max(nextAt, now + SHORTEST_MS),
  };

  function released() {
    switch (circuit.state) {
      case 'open':
        return { candidates: [], count: 0, rounds: 0, onAt: later(circuit.until, alive[0]?.readyAt) };
      case 'half-open': {
        const due = alive.filter(({ readyAt }) => readyAt <= now);
        const onAt = due.length > circuit.probes ? now + PROBE_MS : alive[due.length]?.readyAt;
        return { candidates: due, count: circuit.probes, rounds: 0, onAt };
      }
      case 'closed': {
        const due = alive.filter(({ heldBy, readyAt }) => heldBy === 'circuit' || readyAt <= now);
        const count = Math.min(rampSize(ramp, situation.rounds), due.length);
        const paused = alive.find((wait) => !due.includes(wait))?.readyAt;
        const onAt = due.length > count ? now + 1_000 * ramp.intervalSeconds : paused;
        return { candidates: due, count, rounds: count > 0 ? situation.rounds + 1 : 0, onAt };
      }
    }
  }
}

const later = (one: number, other: number | undefined): number | undefined =>
  other === undefined ? undefined : Math.max(one, other);

export const earliest = (...times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};
