import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { queryOf } from '../shared/http/request.ts';
import type { ChangeDeps } from './application/change-configuration.ts';
import { historyOf } from './application/history.ts';
import { storedConfiguration } from './composition.ts';
import { getConfigurationHistory } from './routes.ts';

/** `GET /api/v1/configuration/history`: what was changed by whom and why, the newest first; for operators. */
export const makeHandler = ({ versions, overrides }: Pick<ChangeDeps, 'versions' | 'overrides'>) =>
  endpoint(getConfigurationHistory, async (request) => {
    const { limit } = queryOf(request);
    const { changes } = historyOf(await versions.all(), overrides);
    return { status: 200, body: { items: changes.slice(-limit).reverse() } };
  });

export const handler: Handler = limited(makeHandler(storedConfiguration()));
