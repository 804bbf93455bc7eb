import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { endpoint } from '../shared/edge/endpoint.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { dependenciesEnvironment, deployedDependencies } from './adapters/deployed-dependencies.ts';
import { type ProbeDeps, probeAll } from './application/probe-all.ts';
import { summarise } from './domain/health.ts';
import { checkHealth } from './routes.ts';

/** Below the function's own timeout, and within the patience of the caller. */
const PROBE_TIMEOUT_MS = 2_000;

/** Says which dependencies of orders are available: 200 when all are, 503 otherwise. */
export const makeHandler = (deps: ProbeDeps) =>
  endpoint(checkHealth, async () => {
    const health = summarise(await probeAll(deps));
    return { status: health.status === 'ok' ? 200 : 503, body: health };
  });

const environment = readEnvironment(z.object(dependenciesEnvironment));
export const handler: Handler = makeHandler({
  dependencies: deployedDependencies(environment),
  timeoutMs: PROBE_TIMEOUT_MS,
  now: () => performance.now(),
});
