import { logger } from '../../shared/edge/logger.ts';
import { emitMetric } from '../../shared/edge/metrics.ts';
import type { ProjectionName } from '../domain/projections.ts';
import { PROJECTION_LAG } from './metrics.ts';
import type { ProjectionStates } from './ports.ts';

export interface ProgressDeps {
  readonly states: Pick<ProjectionStates, 'noteProgress'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Measures and records how far a projection is behind. The batch is done by then: a failure to record it is logged, and
 * is no reason to do the batch again.
 * @param occurredAt when the events of the batch happened; at least one
 */
export async function noteProgress(
  { states, now }: ProgressDeps,
  projection: ProjectionName,
  occurredAt: readonly string[],
): Promise<void> {
  const sorted = [...occurredAt].sort();
  const at = now();
  const lagMs = Math.max(0, at - Date.parse(sorted[0]!));
  emitMetric(PROJECTION_LAG, lagMs, { dimensions: { Projection: projection }, at });
  try {
    await states.noteProgress(projection, {
      lastEventAt: sorted.at(-1)!,
      projectedAt: new Date(at).toISOString(),
      lagMs,
    });
  } catch (error) {
    logger.warn('The progress of a projection was not noted.', {
      projection,
      error: error instanceof Error ? error.name : String(error),
    });
  }
}
