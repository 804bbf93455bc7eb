/** What requests about dead letters ask for. Unknown fields are refused. */
import * as z from 'zod';
import { noSuchForm } from '../../shared/http/fault-text.ts';
import { limitParameter } from '../../shared/http/page-limit.ts';
import { multiLine } from '../../shared/http/text.ts';
import type { PlaceInLetters } from '../application/ports.ts';
import { LETTER_STATES, OPEN_STATES } from '../domain/letter.ts';

/** A free text by an operator; it goes with the letter. */
const reason = multiLine(500);
const named = (what: string) => z.string().regex(/^[\w.-]{1,100}$/, { error: noSuchForm(what) });
const time = z.iso
  .datetime({ offset: true, error: noSuchForm('a time such as 2026-01-31T12:00:00Z') })
  .transform((text) => new Date(text).toISOString())
  .refine((iso) => /^\d{4}-/.test(iso), { error: noSuchForm('a time in the years 0000 to 9999') });

const filter = {
  queue: named('the name of a queue, such as SagaStarts'),
  eventType: named('the type of an event, such as OrderCreated'),
  error: named('the name of an error, such as EventRefused'),
  orderId: z.uuid(),
  filedBefore: time,
};

/** The query of `GET /api/v1/dead-letters`. */
export const letterQuery = z.strictObject({
  state: z.enum(LETTER_STATES).optional(),
  queue: filter.queue.optional(),
  eventType: filter.eventType.optional(),
  error: filter.error.optional(),
  orderId: filter.orderId.optional(),
  filedBefore: filter.filedBefore.optional(),
  limit: limitParameter,
  cursor: z.string().optional(),
});

/** The body of a command on one letter. */
export const reasoned = z.strictObject({ reason });

/** At most this many letters are resent by one request: each is read, sent and written on its own, in the time of one answer. */
const MOST_RESENT = 25;

const ofPage = {
  filter: z.strictObject({
    state: z.enum(OPEN_STATES).exactOptional(),
    queue: filter.queue.exactOptional(),
    eventType: filter.eventType.exactOptional(),
    error: filter.error.exactOptional(),
    orderId: filter.orderId.exactOptional(),
    filedBefore: filter.filedBefore.exactOptional(),
  }),
  limit: z.int().min(1).max(MOST_RESENT).default(MOST_RESENT),
  cursor: z.string().exactOptional(),
};

/** The body of `POST /api/v1/dead-letters/resend`. */
export const resendRequest = z.discriminatedUnion('dryRun', [
  z.strictObject({ dryRun: z.literal(true), ...ofPage }),
  z.strictObject({ dryRun: z.literal(false), reason, ...ofPage }),
]);

/** The content of a cursor of the list. */
export const placeInLetters: z.ZodType<PlaceInLetters> = z.strictObject({
  filedAt: z.iso.datetime({ precision: 3 }),
  letterId: z.string().min(1).max(100),
});
