import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { endpoint } from '../shared/edge/endpoint.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { limited } from '../shared/edge/limited.ts';
import { dependenciesEnvironment, deployedDependencies } from './adapters/deployed-dependencies.ts';
import { type ProbeDeps, probeAll } from './application/probe-all.ts';
import { summarise } from './domain/dependency-health.ts';
import { checkDependencies } from './routes.ts';

/** Below the function's own timeout, and within the patience of the caller. */
const PROBE_TIMEOUT_MS = 2_000;

/**
 * `GET /api/v1/health/dependencies`: which dependencies of orders are available; for operators. It is 200 also when one is away: the
 * question has been answered, and the API itself has not failed.
 */
export const makeHandler = (deps: ProbeDeps) =>
  endpoint(checkDependencies, async () => ({ status: 200, body: summarise(await probeAll(deps)) }));

const environment = readEnvironment(z.object(dependenciesEnvironment));
export const handler: Handler = limited(
  makeHandler({
    dependencies: deployedDependencies(environment),
    timeoutMs: PROBE_TIMEOUT_MS,
    now: () => performance.now(),
  }),
);
