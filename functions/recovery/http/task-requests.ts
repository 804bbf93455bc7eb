/** What requests about tasks ask for. Unknown fields are refused. */
import * as z from 'zod';
import { noSuchForm } from '../../shared/http/fault-text.ts';
import { limitParameter } from '../../shared/http/page-limit.ts';
import { cleanCharacters, multiLine } from '../../shared/http/text.ts';
import type { PlaceInTasks } from '../application/task-ports.ts';
import { SAGA_STEPS, TASK_KINDS } from '../domain/event-data.ts';
import { TASK_STATUSES } from '../domain/task.ts';
import { PARTNERS_TO_WAIT_FOR } from '../domain/waiting-step.ts';

/** A free text by an operator; it stays with the order and is not published. */
const text = multiLine(500);
const errorName = z
  .string()
  .regex(/^[\w.]{1,100}$/, { error: noSuchForm('the name of an error, such as PartnerRejected') });

export const nothing = z.strictObject({});
export const commented = z.strictObject({ comment: text.exactOptional() });
export const explained = z.strictObject({ comment: text });
export const proved = z.strictObject({ evidence: text });

/** The query of `GET /api/v1/tasks`. */
export const taskQuery = z.strictObject({
  status: z.enum(TASK_STATUSES).optional(),
  kind: z.enum(TASK_KINDS).optional(),
  step: z.enum(SAGA_STEPS).optional(),
  error: errorName.optional(),
  partner: z.enum(PARTNERS_TO_WAIT_FOR).optional(),
  claimant: z.string().min(1).max(200).check(cleanCharacters).optional(),
  escalated: z
    .enum(['true', 'false'])
    .meta({ type: 'boolean' })
    .transform((value) => value === 'true')
    .optional(),
  dueBefore: z.iso
    .datetime({ offset: true })
    .transform((value) => new Date(value).toISOString())
    .optional(),
  limit: limitParameter,
  cursor: z.string().optional(),
});

/** At most this many tasks are resumed by one request: each is read and written on its own, in the time of one answer. */
const MOST_RESUMED = 25;

/** The body of `POST /api/v1/tasks/resume`. */
export const resumeRequest = z.strictObject({
  cause: z.strictObject({
    kind: z.enum(TASK_KINDS),
    step: z.enum(SAGA_STEPS).exactOptional(),
    error: errorName.exactOptional(),
    partner: z.enum(PARTNERS_TO_WAIT_FOR).exactOptional(),
  }),
  dryRun: z.boolean(),
  comment: text.exactOptional(),
  limit: z.int().min(1).max(MOST_RESUMED).default(MOST_RESUMED),
  cursor: z.string().exactOptional(),
});

/** The content of a cursor of the list. */
export const placeInTasks: z.ZodType<PlaceInTasks> = z.strictObject({
  dueAt: z.iso.datetime({ precision: 3 }),
  taskId: z.uuid(),
});
