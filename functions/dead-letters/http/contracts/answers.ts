/** What the API shows of dead letters. */
import * as z from 'zod';
import { links, next, orderId, timestamp } from '../../../shared/http/fields.ts';
import { LETTER_KINDS } from '../../../shared/kernel/letter-kind.ts';
import { LETTER_STATES } from '../../domain/letter.ts';

export const letterId = z
  .string()
  .regex(/^[0-9A-Za-z-]{1,100}$/)
  .meta({ id: 'LetterId', description: 'The id of a dead letter: that of its message.' });

const letterState = z.enum(LETTER_STATES).meta({
  id: 'LetterState',
  description:
    '`waiting`: nobody has done anything about it. `resent`: its message is in its queue again, and its consumer has not said what came of it. `failed_again`: it came back. `handled`: its consumer says so. `dismissed`: an operator says that nothing is to be done.',
});

const summary = {
  letterId,
  queue: z.string().describe('Whose it is, such as `SagaStarts`.'),
  kind: z
    .enum(LETTER_KINDS)
    .describe(
      '`consumer`: a function could not handle it, or it never reached its queue. `rule`: it never reached a queue for people. `schedule`: a call of a function on schedule. `stream`: the place of records that were not published.',
    ),
  state: letterState,
  eventType: z.string().optional(),
  eventId: z.string().optional(),
  orderId: orderId.optional(),
  error: z
    .string()
    .optional()
    .describe('The name of the last error. Absent when the function was ended before it could say it.'),
  errorMessage: z.string().optional(),
  attempts: z.int().optional().describe('How often its consumer was given it the last time.'),
  sentAt: timestamp.describe('When it was sent for the first time.'),
  filedAt: timestamp,
  resends: z.int().describe('How often it was resent.'),
  resentAt: timestamp.optional(),
  closedAt: timestamp.optional().describe('When it was handled or dismissed.'),
  resendable: z.boolean().describe('Whether there is a queue that it can go back to.'),
};

const linksOfLetter = z.object({ self: z.string(), order: z.string().optional() }).describe('Paths at the same host.');

export const letterList = z
  .object({
    items: z
      .array(
        z
          .object({ ...summary, links: linksOfLetter })
          .meta({ id: 'DeadLetterSummary', description: 'A dead letter as lists show it.' }),
      )
      .describe('What was filed first comes first.'),
    counts: z
      .object({
        waiting: z.int(),
        resent: z.int(),
        failed_again: z.int(),
        more: z.boolean().describe('Whether there are more than were counted.'),
      })
      .describe('All letters that are not done, whatever the query.'),
    next,
    links: links('self'),
  })
  .meta({ id: 'DeadLetterList' });

export const letter = z
  .object({
    ...summary,
    body: z.string().describe('The message as it is; mostly JSON.'),
    history: z
      .array(
        z.object({
          what: z.enum(['filed', ...LETTER_STATES]),
          at: timestamp,
          by: z.string().optional().describe('The operator who did it.'),
          reason: z.string().optional(),
          error: z.string().optional(),
        }),
      )
      .describe('What became of it; oldest first.'),
    commands: z.array(z.enum(['resend', 'dismiss'])).describe('What can be done about it now.'),
    whyNotResend: z.string().optional().describe('Why it cannot be resent now.'),
    links: linksOfLetter,
  })
  .meta({ id: 'DeadLetter', description: 'A dead letter with its message and its history.' });

export const changedLetter = z
  .object({ letterId, state: letterState, links: links('self') })
  .meta({ id: 'ChangedDeadLetter', description: 'The dead letter after a command.' });

export const resentLetters = z
  .object({
    dryRun: z.boolean(),
    results: z.array(
      z.object({
        letterId,
        queue: z.string(),
        eventType: z.string().optional(),
        orderId: orderId.optional(),
        outcome: z.enum(['would_resend', 'resent', 'refused']),
        detail: z.string().optional().describe('Why it is refused.'),
        links: links('self'),
      }),
    ),
    next: z
      .string()
      .optional()
      .describe('Pass it as `cursor`, with the same filter, for the next page. Absent at the end.'),
  })
  .meta({ id: 'ResentDeadLetters' });
