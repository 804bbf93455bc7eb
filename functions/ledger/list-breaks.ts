import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { queryOf } from '../shared/http/request.ts';
import type { Breaks } from './application/ports.ts';
import { breaks } from './composition.ts';
import { placeInBreaks } from './http/ledger-requests.ts';
import { listBreaks } from './routes.ts';

/** `GET /api/v1/ledger/breaks`: the rules that orders and articles break, as the last checks found them, the oldest first. */
export const makeHandler = (deps: { readonly breaks: Pick<Breaks, 'page'> }) =>
  endpoint(listBreaks, async (http) => {
    const { limit, cursor } = queryOf(http);
    const cursors = new Cursors(placeInBreaks, {});
    const { items, next } = await deps.breaks.page(limit, cursors.decode(cursor)?.line);
    return {
      status: 200,
      body: {
        items,
        ...(next === undefined ? {} : { next: cursors.encode({ line: next }) }),
        links: { self: http.path },
      },
    };
  });

export const handler: Handler = limited(makeHandler({ breaks: breaks() }));
