import type { Handler } from 'aws-lambda';
import { oncePerKey } from '../shared/edge/command-request.ts';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { resendLetters } from './application/resend-letters.ts';
import { letterCommands } from './composition.ts';
import type { LetterCommandDeps } from './http/letter-command-endpoint.ts';
import { placeInLetters } from './http/letter-requests.ts';
import { resentLetters } from './http/shown-letters.ts';
import { resendDeadLetters } from './routes.ts';

/** `POST /api/v1/dead-letters/resend`: resends the letters of a filter, or says which these would be. */
export const makeHandler = ({ idempotency, ...deps }: LetterCommandDeps) =>
  endpoint(resendDeadLetters, async (http) => {
    const { answer, replayed } = await oncePerKey(http, { idempotency }, async (request, { actor }) => {
      const { filter, limit, cursor } = request;
      const cursors = new Cursors(placeInLetters, filter);
      const why = request.dryRun ? undefined : { by: actor.id, reason: request.reason };
      const page = await resendLetters(deps, { filter, limit, after: cursors.decode(cursor) }, why);
      return resentLetters(page, request.dryRun, cursors);
    });
    return { status: 200, headers: { ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}) }, body: answer };
  });

export const handler: Handler = limited(makeHandler(letterCommands()));
