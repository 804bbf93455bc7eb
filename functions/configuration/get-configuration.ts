import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import type { ChangeDeps } from './application/change-configuration.ts';
import { historyOf } from './application/history.ts';
import { storedConfiguration } from './composition.ts';
import { getConfiguration } from './routes.ts';

/** `GET /api/v1/configuration`: what is in force, what operators have set, and who changed it last; for operators. */
export const makeHandler = ({ versions, overrides }: Pick<ChangeDeps, 'versions' | 'overrides'>) =>
  endpoint(getConfiguration, async () => {
    const { changes, configuration, settings } = historyOf(await versions.all(), overrides);
    const { differences: _, ...newest } = changes.at(-1) ?? { version: 0, differences: [] };
    return {
      status: 200,
      headers: { ETag: `"${newest.version}"` },
      body: { ...newest, settings, overrides, configuration },
    };
  });

export const handler: Handler = limited(makeHandler(storedConfiguration()));
