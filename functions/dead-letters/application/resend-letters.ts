/** What operators do with letters: have them handled once more, or say that nothing is to be done. */

import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import {
  type LetterRefusal,
  type LetterState,
  type LetterSummary,
  whyNotDismiss,
  whyNotResend,
} from '../domain/letter.ts';
import { patientSince } from './patience.ts';
import type { LetterQuery, Letters, PlaceInLetters, Resending } from './ports.ts';

export interface ResendDeps {
  readonly letters: Letters;
  readonly queues: Resending;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Who does it, and why. */
export interface Why {
  readonly by: string;
  readonly reason: string;
}

export type LetterDone = Result<LetterState, LetterRefusal>;

/** Sends first and records then: when it is broken off between both, the message is handled all the same, once more at worst. */
export async function resendLetter(deps: ResendDeps, letterId: string, why: Why): Promise<LetterDone> {
  const letter = await deps.letters.find(letterId);
  if (!letter) return refuse({ kind: 'unknown-letter' });
  const refusal = whyNotResend(letter, patientSince(deps.now()));
  if (refusal) return refuse(refusal);
  const { destination, kind, body } = letter;
  await deps.queues.send(destination!, letterId, body);
  const entry = { what: 'resent', at: new Date(deps.now()).toISOString(), ...why } as const;
  // No function could say that it is handled: people look into that queue.
  return accept(await deps.letters.record(letterId, kind === 'rule' ? 'handled' : 'resent', entry));
}

export async function dismissLetter(
  deps: Pick<ResendDeps, 'letters' | 'now'>,
  letterId: string,
  why: Why,
): Promise<LetterDone> {
  const letter = await deps.letters.find(letterId);
  if (!letter) return refuse({ kind: 'unknown-letter' });
  const refusal = whyNotDismiss(letter);
  if (refusal) return refuse(refusal);
  const entry = { what: 'dismissed', at: new Date(deps.now()).toISOString(), ...why } as const;
  return accept(await deps.letters.record(letterId, 'dismissed', entry));
}

export interface ResendRequest {
  readonly filter: LetterQuery;
  readonly limit: number;
  readonly after?: PlaceInLetters | undefined;
}

export interface ResendResult {
  readonly letter: LetterSummary;
  /** Why it was not, or would not be, resent. */
  readonly refusal?: LetterRefusal;
}

/**
 * Resends one page of the letters, each on its own: that one is refused does not keep the others from going on.
 * @param why absent to say only what would be resent
 */
export async function resendLetters(
  deps: ResendDeps,
  { filter, limit, after }: ResendRequest,
  why: Why | undefined,
): Promise<{ readonly results: readonly ResendResult[]; readonly next?: PlaceInLetters }> {
  const { items, next } = await deps.letters.page(filter, limit, after);
  const results = await Promise.all(
    items.map(async (letter): Promise<ResendResult> => {
      if (!why) {
        const refusal = whyNotResend(letter, patientSince(deps.now()));
        return refusal ? { letter, refusal } : { letter };
      }
      const done = await resendLetter(deps, letter.letterId, why);
      return done.ok ? { letter } : { letter, refusal: done.refusal };
    }),
  );
  return { results, ...(next ? { next } : {}) };
}
