/**
 * The dead letters of all queues: one item per letter, whose id is that of its message. `byState` has those that somebody has to look at apart from those
 * that are done, by the time that they were filed; what a consumer has only noted of a message on its way is in neither part.
 */
export const DEAD_LETTERS_TABLE = {
  variable: 'DEAD_LETTERS_TABLE',
  partitionKey: 'letterId',
  timeToLive: 'expiresAt',
  indexes: {
    byState: {
      partitionKey: 'shelf',
      sortKey: 'place',
      /** Beside the keys. */
      attributes: [
        'queue',
        'kind',
        'state',
        'eventType',
        'eventId',
        'orderId',
        'error',
        'errorMessage',
        'attempts',
        'sentAt',
        'filedAt',
        'resends',
        'resentAt',
        'closedAt',
        'destination',
      ],
    },
  },
} as const;

/** The part of `byState` that a letter is in. */
export const OPEN_LETTERS = 'open';
export const CLOSED_LETTERS = 'closed';

/** The attribute of a message that was resent, with the id of its letter. */
export const LETTER_ATTRIBUTE = 'DeadLetter';

/** Tells a consumer how often its queue hands a message over. */
export const MAX_RECEIVES_VARIABLE = 'MAX_RECEIVES';

/** How long a letter is kept after it is done. */
export const DONE_LETTERS_DAYS = 30;
/** Longer than a dead-letter queue keeps a message whose last failure is noted. */
export const NOTES_DAYS = 15;

const DAY_SECONDS = 24 * 60 * 60;

/** In seconds since 1970, as a time to live is. @param now milliseconds since the epoch */
export const expiryAfter = (days: number, now: number): number => Math.ceil(now / 1_000) + days * DAY_SECONDS;
