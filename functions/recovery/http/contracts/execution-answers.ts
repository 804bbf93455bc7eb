/** What the API shows of executions. */
import * as z from 'zod';
import { links, orderId, timestamp } from '../../../shared/http/fields.ts';
import { RUN_STATUSES } from '../../domain/next-move.ts';
import { MACHINES } from '../../domain/unfinished-work.ts';

export const executionId = z
  .string()
  .regex(/^[a-z-]{1,20}(\.[0-9a-zA-Z-]{1,36})?\.[1-9]\d{0,3}$/)
  .meta({ id: 'ExecutionId', description: 'The id of an execution among those of its order, such as `order.1`.' });

const execution = z
  .object({
    executionId,
    saga: z
      .enum(MACHINES)
      .describe(
        '`order`: the way to the confirmation, and back. `items-change`: a change of its items. `cancellation`: of a confirmed order.',
      ),
    status: z.enum(RUN_STATUSES.map((status) => status.toLowerCase() as Lowercase<typeof status>)),
    startedAt: timestamp,
    endedAt: timestamp.optional(),
    arn: z.string().describe('By which AWS’s own tools find it.'),
    links: z.object({
      history: z.string().describe('A path at the same host.'),
      console: z.url().optional().describe('Step Functions’ own console, where it is AWS that runs the execution.'),
    }),
  })
  .meta({ id: 'Execution' });

const executionEvent = z
  .object({
    id: z.int().min(1),
    previousId: z.int().min(0).describe('The event that led to it; 0 for the first.'),
    type: z.string().describe('As AWS names it, such as `TaskStateEntered`.'),
    at: timestamp,
    state: z.string().optional().describe('The state that is entered or left.'),
    details: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('What it says otherwise, by AWS’s names. Tokens of tasks are hidden.'),
  })
  .meta({ id: 'ExecutionEvent' });

export const executionList = z
  .object({ orderId, items: z.array(execution), links: links('self') })
  .meta({ id: 'ExecutionList' });

export const executionHistory = z
  .object({
    orderId,
    executionId,
    events: z.array(executionEvent),
    next: z.string().optional().describe('Pass it as `cursor`, with the same query, for the next page.'),
    links: links('self'),
  })
  .meta({ id: 'ExecutionHistory' });
