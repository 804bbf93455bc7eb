/** What is made of the log for reading, by the names that people use. */
export const PROJECTIONS = ['order-view', 'order-search'] as const;
export type ProjectionName = (typeof PROJECTIONS)[number];

/** How far a projection was after its last batch. Times are ISO 8601, UTC. */
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
  /** What was read of the log so far. */
  readonly orders: number;
  readonly events: number;
  /** The last order that is done, in the order in which the log is read. */
  readonly after?: string | undefined;
}

export interface ProjectionState {
  readonly progress?: Progress;
  readonly rebuild?: Rebuild;
}
