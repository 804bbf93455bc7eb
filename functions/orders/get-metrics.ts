import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import type { ProjectionStates } from './application/ports.ts';
import { projectionStates } from './composition.ts';
import type { Progress, ProjectionName, Rebuild } from './domain/projections.ts';
import { getMetrics } from './routes.ts';

/** `GET /api/v1/metrics`: how far the projections are behind the log, and the results of their rebuilds; for operators. */
export const makeHandler = ({ states }: { readonly states: Pick<ProjectionStates, 'find'> }) =>
  endpoint(getMetrics, async () => {
    const [view, search, tasks] = await Promise.all([
      states.find('order-view'),
      states.find('order-search'),
      states.find('recovery-tasks'),
    ]);
    return {
      status: 200,
      // One function projects views and search, so their progress is the same; that of the tasks is not measured.
      body: {
        projections: [
          shown('order-view', view.progress, view.rebuild),
          shown('order-search', view.progress, search.rebuild),
          shown('recovery-tasks', undefined, tasks.rebuild),
        ],
      },
    };
  });

function shown(name: ProjectionName, progress: Progress | undefined, rebuild: Rebuild | undefined) {
  if (!rebuild) return { name, ...progress };
  const { after: _, ...known } = rebuild;
  return { name, ...progress, rebuild: known };
}

export const handler: Handler = limited(makeHandler({ states: projectionStates() }));
