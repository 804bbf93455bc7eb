/** Dead letters as operators read them. */

import type { Cursors } from '../../shared/http/cursor.ts';
import { patientSince } from '../application/patience.ts';
import type { PlaceInLetters } from '../application/ports.ts';
import type { ResendResult } from '../application/resend-letters.ts';
import { type Letter, type LetterState, type LetterSummary, whyNotDismiss, whyNotResend } from '../domain/letter.ts';
import { problemOfLetterRefusal } from './problems.ts';

export const linkToLetter = (letterId: string): string => `/api/v1/dead-letters/${letterId}`;

const linksOf = ({ letterId, orderId }: Pick<LetterSummary, 'letterId' | 'orderId'>) => ({
  self: linkToLetter(letterId),
  ...(orderId === undefined ? {} : { order: `/api/v1/orders/${orderId}` }),
});

/** Without the address of the queue, which is nobody's business outside. */
export const shownSummary = ({ destination, ...summary }: LetterSummary) => ({
  ...summary,
  resendable: destination !== undefined,
  links: linksOf(summary),
});

/** @param now milliseconds since the epoch */
export function shownLetter({ body, history, ...summary }: Letter, now: number) {
  const refusal = whyNotResend(summary, patientSince(now));
  return {
    ...shownSummary(summary),
    body,
    history,
    commands: [...(refusal ? [] : ['resend']), ...(whyNotDismiss(summary) ? [] : ['dismiss'])],
    ...(refusal ? { whyNotResend: problemOfLetterRefusal(summary.letterId, refusal).message } : {}),
  };
}

interface ResentPage {
  readonly results: readonly ResendResult[];
  readonly next?: PlaceInLetters;
}

/** The answer with one result for each letter of a page. */
export const resentLetters = ({ results, next }: ResentPage, dryRun: boolean, cursors: Cursors<PlaceInLetters>) => ({
  dryRun,
  results: results.map(({ letter: { letterId, queue, eventType, orderId }, refusal }) => ({
    letterId,
    queue,
    ...(eventType === undefined ? {} : { eventType }),
    ...(orderId === undefined ? {} : { orderId }),
    outcome: refusal ? 'refused' : dryRun ? 'would_resend' : 'resent',
    ...(refusal ? { detail: problemOfLetterRefusal(letterId, refusal).message } : {}),
    links: { self: linkToLetter(letterId) },
  })),
  ...(next ? { next: cursors.encode(next) } : {}),
});

/** The answer to a command on one letter. */
export const acceptedLetter = (
  answer: { readonly letterId: string; readonly state: LetterState },
  replayed: boolean,
) => ({
  status: 202,
  headers: {
    Location: linkToLetter(answer.letterId),
    ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}),
  },
  body: { ...answer, links: { self: linkToLetter(answer.letterId) } },
});
