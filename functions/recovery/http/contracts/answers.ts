/** What the API shows of tasks. */
import * as z from 'zod';
import { links, next, orderId, timestamp } from '../../../shared/http/fields.ts';
import { SAGA_STEPS, TASK_KINDS, TASK_RESOLUTIONS } from '../../domain/event-data.ts';
import { TASK_STATUSES } from '../../domain/task.ts';
import { PARTNERS_TO_WAIT_FOR } from '../../domain/waiting-step.ts';

export const taskId = z.uuid().meta({ id: 'TaskId', description: 'The id of a task: a UUID.' });
const version = z
  .int()
  .min(1)
  .describe('The number of the order’s last event that is shown here; in quotes, the ETag.');

const taskStatus = z.enum(TASK_STATUSES).meta({
  id: 'TaskStatus',
  description: '`open`: no operator works at it. `write_off_proposed`: another operator has to agree.',
});

const summary = {
  taskId,
  orderId,
  status: taskStatus,
  kind: z.enum(TASK_KINDS).describe('What a person has to do.'),
  step: z.enum(SAGA_STEPS).optional().describe('The step that kept failing.'),
  refundId: z
    .string()
    .optional()
    .describe('The refund that it is about: its id; of one that somebody has made at the channel, the id there.'),
  transferId: z.string().optional().describe('The transfer that cannot go back. Not in lists.'),
  shipmentId: z.string().optional().describe('The shipment that does not arrive. Not in lists.'),
  changeId: z.uuid().optional().describe('The change of items that the step belongs to.'),
  error: z.string().optional().describe('The name of the error of the last attempt before the task was opened.'),
  partner: z.enum(PARTNERS_TO_WAIT_FOR).optional().describe('What failed.'),
  openedAt: timestamp,
  dueAt: timestamp,
  claimant: z.string().optional().describe('The operator that works at it.'),
  escalated: z.boolean(),
  version,
};

export const taskList = z
  .object({
    items: z
      .array(
        z
          .object({
            ...summary,
            orderId: orderId.optional().describe('Absent for a task about an article or a transfer.'),
            links: links('self'),
          })
          .meta({ id: 'TaskSummary', description: 'A task as lists show it.' }),
      )
      .describe('What is due first comes first.'),
    next,
    links: links('self'),
  })
  .meta({ id: 'TaskList' });

const actor = z.object({ type: z.enum(['customer', 'operator', 'system']), id: z.string() });

const history = z
  .array(
    z.object({
      type: z.string(),
      occurredAt: timestamp,
      actor,
      comment: z.string().optional(),
      evidence: z.string().optional(),
    }),
  )
  .describe('What became of the task, with the reasons that operators gave; oldest first.');

export const task = z
  .object({
    ...summary,
    overdue: z.boolean(),
    resumedAt: timestamp.optional().describe('When an operator had the platform try again, for the last time.'),
    proposer: z.string().optional().describe('The operator that wants to write it off.'),
    resolution: z.enum(TASK_RESOLUTIONS).optional(),
    resolvedAt: timestamp.optional(),
    what: z.string().describe('What is not done; of a resolved task, how it ended.'),
    known: z
      .array(z.object({ type: z.string(), occurredAt: timestamp, data: z.record(z.string(), z.unknown()) }))
      .describe('The order’s events that tell what was done, oldest first.'),
    unknown: z.string().optional().describe('What the last attempt leaves open; absent for a resolved task.'),
    check: z.array(z.string()).describe('What to look at before anything else; empty for a resolved task.'),
    runbook: z.string().describe('The name of the runbook, in `docs/runbooks/`.'),
    commands: z.array(z.string()).describe('The commands that some operator can give now.'),
    history,
    links: z
      .object({
        self: z.string(),
        order: z.string(),
        history: z.string(),
        ask: z.string().optional().describe('Asks the partner what it has of the order; that changes nothing.'),
      })
      .describe('Paths at the same host.'),
  })
  .meta({ id: 'Task', description: 'A task as it is now.' });

export const changedTask = z
  .object({ orderId, taskId, version, status: taskStatus, links: links('self', 'order') })
  .meta({ id: 'ChangedTask', description: 'The task after a command.' });

export const bookTask = z
  .object({
    taskId,
    sku: z.string().optional().describe('The article that it is about.'),
    transferId: z.string().optional().describe('The transfer that it is about.'),
    status: taskStatus,
    kind: z.literal('books'),
    error: z.string().describe('The rule that is broken.'),
    openedAt: timestamp,
    dueAt: timestamp,
    claimant: z.string().optional().describe('The operator that works at it.'),
    escalated: z.boolean(),
    version: z.int().min(1).describe('How many events the task has; in quotes, the ETag.'),
    overdue: z.boolean(),
    resolution: z.literal('completed').optional(),
    resolvedAt: timestamp.optional(),
    what: z.string().describe('What is wrong; of a resolved task, how it ended.'),
    check: z.array(z.string()).describe('What to look at before anything else; empty for a resolved task.'),
    runbook: z.string().describe('The name of the runbook, in `docs/runbooks/`.'),
    commands: z.array(z.string()).describe('The commands that some operator can give now.'),
    history,
    links: links('self', 'breaks', 'about'),
  })
  .meta({ id: 'BookTask', description: 'A task about an article or a transfer as it is now.' });

export const changedBookTask = z
  .object({ taskId, version: z.int().min(1), status: taskStatus, links: links('self') })
  .meta({ id: 'ChangedBookTask', description: 'The task about an article or a transfer after a command.' });

export const resumedTasks = z
  .object({
    dryRun: z.boolean(),
    results: z.array(
      z.object({
        orderId: orderId.optional(),
        taskId,
        outcome: z.enum(['would_resume', 'resumed', 'refused']),
        detail: z.string().optional().describe('Why it is refused.'),
        links: links('self'),
      }),
    ),
    next: z
      .string()
      .optional()
      .describe('Pass it as `cursor`, with the same cause, for the next page. Absent at the end.'),
  })
  .meta({ id: 'ResumedTasks' });
