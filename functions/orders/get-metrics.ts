import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { apiHandler } from '../shared/edge/api.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { limited } from '../shared/edge/limited.ts';
import { requireScope } from '../shared/http/caller.ts';
import { DynamoDbProjectionStates } from './adapters/dynamodb-projection-states.ts';
import { ORDER_TABLES } from './adapters/tables.ts';
import type { ProjectionStates } from './application/ports.ts';
import type { Progress, ProjectionName, Rebuild } from './domain/projections.ts';

/** `GET /api/v1/metrics`: how far the projections are behind the log, and what became of their rebuilds; for operators. */
export const makeHandler = ({ states }: { readonly states: Pick<ProjectionStates, 'find'> }) =>
  apiHandler(async (http) => {
    requireScope(http.caller, 'orders:read');
    const [view, search] = await Promise.all([states.find('order-view'), states.find('order-search')]);
    return {
      status: 200,
      // One function projects both, so that they are equally far.
      body: {
        projections: [
          shown('order-view', view.progress, view.rebuild),
          shown('order-search', view.progress, search.rebuild),
        ],
      },
    };
  });

function shown(name: ProjectionName, progress: Progress | undefined, rebuild: Rebuild | undefined) {
  if (!rebuild) return { name, ...progress };
  const { after: _, ...known } = rebuild;
  return { name, ...progress, rebuild: known };
}

const environment = readEnvironment(z.object({ [ORDER_TABLES.projections.variable]: z.string() }));
export const handler: Handler = limited(
  makeHandler({ states: new DynamoDbProjectionStates(documentClient(), environment.PROJECTIONS_TABLE) }),
);
