import * as z from 'zod';
import type { Contract } from '../../../shared/http/contract.ts';
import { OPERATIONS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';

const health = z
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
  .meta({ id: 'Health' });

const ANSWER = { description: 'The state of each dependency.', schema: health } as const;

const checkHealth: Contract = {
  ...routes.checkHealth,
  tag: OPERATIONS,
  summary: 'Check the health of the platform',
  description: 'Looks at everything that orders need, for two seconds at most.',
  answers: { 200: ANSWER, 503: { ...ANSWER, description: 'As with 200; a dependency is unavailable.' } },
  problems: [],
  examples: [
    {
      name: 'healthy',
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
  ],
};

export const HEALTH_CONTRACTS: readonly Contract[] = [checkHealth];
