import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { timestamp } from '../../../shared/http/fields.ts';
import { FORBIDDEN } from '../../../shared/http/problems.ts';
import { OPERATIONS } from '../../../shared/http/tags.ts';
import { PROJECTIONS } from '../../domain/projections.ts';
import * as routes from '../../routes.ts';

export const metrics = z
  .object({
    projections: z.array(
      z.object({
        name: z.enum(PROJECTIONS),
        lastEventAt: timestamp.optional().describe('When the newest event of the last batch happened.'),
        projectedAt: timestamp.optional().describe('When that batch was projected.'),
        lagMs: z.int().min(0).optional().describe('From the oldest event of that batch to its projection.'),
        rebuild: z
          .object({
            status: z.enum(['running', 'interrupted', 'finished']),
            startedAt: timestamp,
            updatedAt: timestamp,
            orders: z.int().min(0),
            events: z.int().min(0),
          })
          .optional()
          .describe('The last rebuild.'),
      }),
    ),
  })
  .meta({ id: 'Metrics' });

const measured = {
  lastEventAt: '2026-01-31T12:00:00.640Z',
  projectedAt: '2026-01-31T12:00:01.710Z',
  lagMs: 1_650,
};

export const OPERATING_CONTRACTS: readonly Contract[] = [
  {
    ...routes.getMetrics,
    tag: OPERATIONS,
    summary: 'Read how far the read model is behind',
    description:
      'For each projection of the log, how far behind its last batch was, and what became of its last rebuild. `recovery-tasks`, the list of tasks, has its rebuild only.',
    answers: { 200: { description: 'The state of the projections.', schema: metrics } },
    problems: [],
    examples: [
      {
        name: 'projections',
        summary: 'The projections of a running platform',
        answer: {
          status: 200,
          body: {
            projections: [
              { name: 'order-view', ...measured },
              { name: 'order-search', ...measured },
              { name: 'recovery-tasks' },
            ],
          },
        },
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        answer: refused(FORBIDDEN, 'This is for operators.', '/api/v1/metrics'),
      },
    ],
  },
];
