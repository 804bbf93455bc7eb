import type { ProjectionName } from '../domain/projections.ts';
import type { ProjectionMonitor, ProjectionStates } from './ports.ts';

export interface ProgressDeps {
  readonly states: Pick<ProjectionStates, 'noteProgress'>;
  readonly monitor: ProjectionMonitor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Measures and records how far a projection is behind. The batch is done by then: a failure to record it is reported, and
 * is no reason to do the batch again.
 * @param occurredAt when the events of the batch happened; at least one
 */
export async function noteProgress(
  { states, monitor, now }: ProgressDeps,
  projection: ProjectionName,
  occurredAt: readonly string[],
): Promise<void> {
  const sorted = [...occurredAt].sort();
  const at = now();
  const lagMs = Math.max(0, at - Date.parse(sorted[0]!));
  monitor.lagged(projection, lagMs, at);
  try {
    await states.noteProgress(projection, {
      lastEventAt: sorted.at(-1)!,
      projectedAt: new Date(at).toISOString(),
      lagMs,
    });
  } catch (error) {
    monitor.lostProgress(projection, error);
  }
}
