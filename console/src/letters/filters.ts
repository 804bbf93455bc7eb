/** What of the dead letters is shown, as it stands in the address. */
import type { DeadLetterState, LetterSummary } from '../api/types.ts';

export interface LetterFilters {
  /** Empty for all that are not done. */
  readonly state: string;
  readonly queue: string;
  readonly eventType: string;
  readonly error: string;
  readonly orderId: string;
  /** ISO 8601, or empty. */
  readonly filedBefore: string;
}

/** The filter of a resend, as the API takes it. */
export type ResendFilter = Readonly<Partial<Record<keyof LetterFilters, string>>>;

export const LETTER_STATES = [
  'waiting',
  'resent',
  'failed_again',
  'handled',
  'dismissed',
] as const satisfies readonly DeadLetterState[];

const HOUR_MS = 60 * 60 * 1_000;
/** How old letters can be asked for to be, in hours. */
export const AGES: Readonly<Record<string, number>> = { hour: 1, day: 24, week: 7 * 24 };
/** A time that moves on with each look would be another question each time. */
const STEP_MS = 5 * 60 * 1_000;

/** @param now milliseconds since the epoch */
export function filtersIn(parameters: URLSearchParams, now: number): LetterFilters {
  const of = (name: string) => parameters.get(name)?.trim() ?? '';
  const hours = AGES[of('age')];
  const before = hours === undefined ? undefined : Math.floor((now - hours * HOUR_MS) / STEP_MS) * STEP_MS;
  return {
    state: of('state'),
    queue: of('queue'),
    eventType: of('eventType'),
    error: of('error'),
    orderId: of('orderId'),
    filedBefore: before === undefined ? '' : new Date(before).toISOString(),
  };
}

/** Letters that failed in the same way, so that what helps one may help all. */
export interface LetterCause extends Pick<LetterSummary, 'queue' | 'kind' | 'eventType' | 'error'> {
  readonly key: string;
  readonly letters: readonly LetterSummary[];
}

export function letterCausesOf(letters: readonly LetterSummary[]): readonly LetterCause[] {
  const keyOf = ({ queue, eventType, error }: LetterSummary) => [queue, eventType, error].join('|');
  return [...Map.groupBy(letters, keyOf)].map(([key, ofCause]) => {
    const { queue, kind, eventType, error } = ofCause[0] as LetterSummary;
    return { key, queue, kind, eventType, error, letters: ofCause };
  });
}

/**
 * The filter that resends a cause within what is shown.
 * @param before ISO 8601: what is filed later was not there when the reader looked
 */
export function resendFilterOf(
  { queue, eventType, error }: LetterCause,
  shown: LetterFilters,
  before: string,
): ResendFilter {
  const filter = {
    queue,
    eventType: eventType ?? '',
    error: error ?? '',
    state: shown.state,
    orderId: shown.orderId,
    filedBefore: shown.filedBefore === '' ? before : shown.filedBefore,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

/** The message for reading: JSON with a line for each field, and anything else as it is. */
export function readableBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
