/** The read models that are projected from the log, by the names that operators use; `recovery-tasks` is the list of tasks. */
export const PROJECTIONS = ['order-view', 'order-search', 'recovery-tasks'] as const;
export type ProjectionName = (typeof PROJECTIONS)[number];

/** The progress of a projection after its last batch. Times are ISO 8601, UTC. */
export interface Progress {
  /** When the newest event of the batch happened. */
  readonly lastEventAt: string;
  readonly projectedAt: string;
  /** From the oldest event of the batch to its projection. */
  readonly lagMs: number;
}

export interface Rebuild {
  /** `interrupted` says that the next rebuild goes on after `after`. */
  readonly status: 'running' | 'interrupted' | 'finished';
  readonly startedAt: string;
  readonly updatedAt: string;
  /** The number of orders and events that were read up to now. */
  readonly orders: number;
  readonly events: number;
  /** The last finished order, in the order in which the log is read. */
  readonly after?: string | undefined;
}

export interface ProjectionState {
  readonly progress?: Progress;
  readonly rebuild?: Rebuild;
}
