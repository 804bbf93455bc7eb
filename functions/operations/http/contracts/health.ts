import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { FORBIDDEN } from '../../../shared/http/problems.ts';
import { OPERATIONS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';

const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

export const dependencies = z
  .object({
    status: z.enum(['ok', 'degraded']).describe('`degraded` as soon as one dependency is unavailable.'),
    dependencies: z.array(
      z.object({
        name: z.string(),
        status: z.enum(['ok', 'unavailable']),
        latencyMs: z.int().min(0),
        detail: z.string().optional().describe('What went wrong.'),
      }),
    ),
  })
  .meta({ id: 'DependencyHealth' });

const checkHealth: Contract = {
  ...routes.checkHealth,
  tag: OPERATIONS,
  summary: 'Check that the API answers',
  description:
    'For load balancers and monitors. It asks no dependency; operators do that with `GET /api/v1/health/dependencies`. Caches may keep the answer for ten seconds.',
  answers: { 200: { description: 'The API answers.', schema: health } },
  problems: [],
  examples: [{ name: 'healthy', summary: 'The API answers', answer: { status: 200, body: { status: 'ok' } } }],
};

const checkDependencies: Contract = {
  ...routes.checkDependencies,
  tag: OPERATIONS,
  summary: 'Check what the platform depends on',
  description: 'Looks at everything that orders need, for two seconds at most.',
  answers: {
    200: { description: 'The state of each dependency, also when one is unavailable.', schema: dependencies },
  },
  problems: [],
  examples: [
    {
      name: 'all-available',
      summary: 'Everything is available',
      answer: {
        status: 200,
        body: {
          status: 'ok',
          dependencies: [
            { name: 'order-log', status: 'ok', latencyMs: 4 },
            { name: 'payment-gateway', status: 'ok', latencyMs: 2 },
          ],
        },
      },
    },
    {
      name: 'not-a-customers-business',
      summary: 'Customers are told nothing of dependencies',
      by: 'a customer',
      answer: refused(FORBIDDEN, 'This is for operators.', '/api/v1/health/dependencies'),
    },
  ],
};

export const HEALTH_CONTRACTS: readonly Contract[] = [checkHealth, checkDependencies];
