import type { Instance } from '../instance.ts';

/** An instance that may be called, with what this function instance knows of its calls. */
export interface Candidate {
  readonly instance: Instance;
  /** Calls that are under way from here. */
  readonly inFlight: number;
  /** Moving average; undefined before the first answer. */
  readonly latencyMs?: number;
  /** Moving average of the share of calls that failed, from 0 to 1. */
  readonly errorRate: number;
}

/** What one choice depends on beside the candidates. */
export interface Draw {
  /** From 0 (included) to 1 (not included). */
  readonly random: number;
  /** Grows by one with each choice of this function instance. */
  readonly turn: number;
  /** Calls with the same one belong together, such as an order's id. */
  readonly affinity: string;
}

/** Chooses one of the candidates, which are at least one and in the order of their ids. Pure. */
export type Strategy = (candidates: readonly Candidate[], draw: Draw) => Candidate;
