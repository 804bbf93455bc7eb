/** A message that could not be handled, or not be delivered, as it is filed for people. */
import type { LetterKind } from '../../shared/kernel/letter-kind.ts';

/**
 * - `waiting`: nobody has done anything about it;
 * - `resent`: its message is in its queue again, and the consumer has not said what came of it;
 * - `failed_again`: it came back;
 * - `handled`: its consumer says so; of a letter of a rule, it is in its queue;
 * - `dismissed`: a person says that nothing is to be done.
 */
export const LETTER_STATES = ['waiting', 'resent', 'failed_again', 'handled', 'dismissed'] as const;
export type LetterState = (typeof LETTER_STATES)[number];

/** Those that people have to look at. */
export const OPEN_STATES = ['waiting', 'resent', 'failed_again'] as const satisfies readonly LetterState[];

export interface LetterEntry {
  readonly what: 'filed' | LetterState;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  /** The operator who did it. */
  readonly by?: string;
  readonly reason?: string;
  /** The name of the error with which it came, where known. */
  readonly error?: string;
}

/** What a message says that it is about, as far as it can be read. */
export interface Subject {
  readonly eventType?: string;
  readonly eventId?: string;
  readonly orderId?: string;
}

export interface LetterSummary extends Subject {
  /** The id of its first message. */
  readonly letterId: string;
  /** What the queue is called in the stacks, such as `SagaStarts`. */
  readonly queue: string;
  readonly kind: LetterKind;
  readonly state: LetterState;
  /** Absent when the consumer was ended before it could say it. */
  readonly error?: string;
  readonly errorMessage?: string;
  /** How often the queue handed it over the last time. */
  readonly attempts?: number;
  /** When the message was sent for the first time. */
  readonly sentAt: string;
  readonly filedAt: string;
  readonly resends: number;
  readonly resentAt?: string;
  readonly closedAt?: string;
  /** Where it goes when it is resent; absent where it cannot be. */
  readonly destination?: string;
}

export interface Letter extends LetterSummary {
  /** The message as it is. */
  readonly body: string;
  /** Oldest first. */
  readonly history: readonly LetterEntry[];
}

export type LetterRefusal =
  | { readonly kind: 'unknown-letter' }
  | { readonly kind: 'letter-is-done'; readonly state: LetterState }
  | { readonly kind: 'nobody-to-send-it-to'; readonly of: LetterKind }
  | { readonly kind: 'resent-just-now' };

/** Milliseconds for which nobody sends it once more: its consumer may be trying. */
export const PATIENCE_MS = 60 * 60 * 1_000;

/** Why the letter is not to be resent. @param patientSince an ISO time in UTC: what was resent after it is waited for */
export function whyNotResend(
  { state, kind, destination, resentAt }: LetterSummary,
  patientSince: string,
): LetterRefusal | undefined {
  if (state === 'handled' || state === 'dismissed') return { kind: 'letter-is-done', state };
  if (destination === undefined) return { kind: 'nobody-to-send-it-to', of: kind };
  if (state === 'resent' && resentAt !== undefined && resentAt > patientSince) {
    return { kind: 'resent-just-now' };
  }
  return undefined;
}

/** Why nobody needs to say that nothing is to be done. */
export const whyNotDismiss = ({ state }: LetterSummary): LetterRefusal | undefined =>
  state === 'handled' || state === 'dismissed' ? { kind: 'letter-is-done', state } : undefined;
