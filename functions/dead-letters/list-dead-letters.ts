import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { queryOf } from '../shared/http/request.ts';
import type { Letters } from './application/ports.ts';
import { letters } from './composition.ts';
import { placeInLetters } from './http/letter-requests.ts';
import { shownSummary } from './http/shown-letters.ts';
import { listDeadLetters } from './routes.ts';

/** `GET /api/v1/dead-letters`: what could not be handled, and how much of it waits. */
export const makeHandler = (deps: { readonly letters: Letters }) =>
  endpoint(listDeadLetters, async (http) => {
    const { limit, cursor, ...query } = queryOf(http);
    const cursors = new Cursors(placeInLetters, query);
    const [{ items, next }, counts] = await Promise.all([
      deps.letters.page(query, limit, cursors.decode(cursor)),
      deps.letters.counts(),
    ]);
    return {
      status: 200,
      body: {
        items: items.map(shownSummary),
        counts,
        ...(next ? { next: cursors.encode(next) } : {}),
        links: { self: http.path },
      },
    };
  });

export const handler: Handler = limited(makeHandler({ letters: letters() }));
