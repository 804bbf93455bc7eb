import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import type { Letters } from './application/ports.ts';
import { letters } from './composition.ts';
import { letterNotFound } from './http/problems.ts';
import { shownLetter } from './http/shown-letters.ts';
import { getDeadLetter } from './routes.ts';

interface Deps {
  readonly letters: Pick<Letters, 'find'>;
  readonly now: () => number;
}

/** `GET /api/v1/dead-letters/{letterId}`: its message, its error, and what was done about it. */
export const makeHandler = (deps: Deps) =>
  endpoint(getDeadLetter, async ({ pathParameters: { letterId = '' } }) => {
    const letter = await deps.letters.find(letterId);
    if (!letter) throw letterNotFound(letterId);
    return { status: 200, body: shownLetter(letter, deps.now()) };
  });

export const handler: Handler = limited(makeHandler({ letters: letters(), now: Date.now }));
