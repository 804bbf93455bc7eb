import { logger } from '../../shared/edge/logger.ts';
import { emitMetric } from '../../shared/edge/metrics.ts';
import type { ProjectionMonitor } from '../application/ports.ts';
import { PROJECTION_LAG } from './metrics.ts';

/** Projections as a metric, by projection, and warnings in the log. */
export const projectionMonitor: ProjectionMonitor = {
  lagged: (name, lagMs, at) => emitMetric(PROJECTION_LAG, lagMs, { dimensions: { Projection: name }, at }),
  lostProgress: (name, error) =>
    logger.warn('The progress of a projection was not noted.', {
      projection: name,
      error: error instanceof Error ? error.name : String(error),
    }),
};
