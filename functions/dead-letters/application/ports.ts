import type { LetterKind } from '../../shared/kernel/letter-kind.ts';
import type { Letter, LetterEntry, LetterState, LetterSummary, Subject } from '../domain/letter.ts';

export interface LetterQuery {
  /** @default those that people have to look at */
  readonly state?: LetterState | undefined;
  readonly queue?: string | undefined;
  readonly eventType?: string | undefined;
  readonly error?: string | undefined;
  readonly orderId?: string | undefined;
  /** ISO 8601, UTC, milliseconds. */
  readonly filedBefore?: string | undefined;
}

export interface PlaceInLetters {
  readonly filedAt: string;
  readonly letterId: string;
}

export interface LetterCounts {
  readonly waiting: number;
  readonly resent: number;
  readonly failed_again: number;
  /** Whether there are more, which nobody has counted. */
  readonly more: boolean;
}

/** What is filed of a message; its error only where the message itself names one. */
export interface NewLetter extends Subject {
  readonly letterId: string;
  readonly messageId: string;
  readonly queue: string;
  readonly kind: LetterKind;
  readonly error?: string;
  readonly errorMessage?: string;
  readonly sentAt: string;
  readonly destination?: string;
  readonly body: string;
}

export interface Letters {
  /** Open ones first filed first; of those that are done, the last one first. */
  page(
    query: LetterQuery,
    limit: number,
    after?: PlaceInLetters,
  ): Promise<{ readonly items: readonly LetterSummary[]; readonly next?: PlaceInLetters }>;
  find(letterId: string): Promise<Letter | undefined>;
  /** Of those that people have to look at. */
  counts(): Promise<LetterCounts>;
  /** Files a message once, whatever may come again of it; the letter of one that was resent has failed again. @param at ISO 8601 */
  file(letter: NewLetter, at: string): Promise<void>;
  /** Records what was done, unless the letter is done by then. @returns the letter's state after it */
  record(
    letterId: string,
    state: Exclude<LetterState, 'waiting' | 'failed_again'>,
    entry: LetterEntry,
  ): Promise<LetterState>;
}

/** A dead-letter queue. */
export interface DeadLetterSource {
  readonly name: string;
  readonly kind: LetterKind;
  readonly arn: string;
  /** The ARN of the queue that its letters go back to; absent where there is none. */
  readonly destination?: string | undefined;
}

export interface DeadMessage {
  readonly messageId: string;
  readonly receipt: string;
  readonly body: string;
  /** The letter that was resent with it; absent at the first time. */
  readonly resentLetter?: string | undefined;
  /** The text of each attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  /** ISO 8601, UTC, milliseconds. */
  readonly sentAt: string;
}

export interface DeadLetterQueues {
  /** Some messages of the queue; none when it is empty. Each is out of the others' sight for half a minute. */
  receive(arn: string): Promise<readonly DeadMessage[]>;
  remove(arn: string, receipt: string): Promise<void>;
}

export interface FilingMonitor {
  filed(queue: string, letterId: string, about: Subject): void;
  /** @returns the error to throw, once all others are tried */
  notFiled(error: unknown, queue: string, messageId: string): unknown;
  /** @param letters that people have to look at */
  waiting(letters: number): void;
}

export interface Resending {
  /** Puts the message into the queue, marked as that of the letter. */
  send(arn: string, letterId: string, body: string): Promise<void>;
}
