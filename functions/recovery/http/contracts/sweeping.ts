import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { orderId } from '../../../shared/http/fields.ts';
import { FORBIDDEN } from '../../../shared/http/problems.ts';
import { OPERATIONS } from '../../../shared/http/tags.ts';
import { FINDINGS, REPAIRS } from '../../domain/findings.ts';
import * as routes from '../../routes.ts';

const sweep = z
  .object({
    checked: z.int().min(0).describe('How many orders were looked at.'),
    findings: z.array(
      z.object({
        orderId,
        found: z
          .enum(FINDINGS)
          .describe('The saga never started, or ended before the order did; or a refund was not answered for hours.'),
        repair: z.enum(REPAIRS).describe('The saga was started (anew), or a person has a task.'),
      }),
    ),
    complete: z.boolean().describe('Whether the pass has come to the last order; the next one begins anew.'),
  })
  .meta({ id: 'Sweep' });

export const SWEEPING_CONTRACTS: readonly Contract[] = [
  {
    ...routes.sweepNow,
    tag: OPERATIONS,
    summary: 'Look for orders without progress',
    description:
      'The sweeper does this by itself every quarter of an hour: it looks at the next part of all orders, starts anew what is safe to start, and gives the rest to people. Repeat it until `complete` is true.',
    answers: { 200: { description: 'What was found, and what was done about it.', schema: sweep } },
    problems: [],
    examples: [
      {
        name: 'nothing-found',
        summary: 'Every order is at rest or on its way',
        answer: { status: 200, body: { checked: 2, findings: [], complete: true } },
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        answer: refused(FORBIDDEN, 'This is for operators.', '/api/v1/sweeps'),
      },
    ],
  },
];
