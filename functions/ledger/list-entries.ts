import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { Problem } from '../shared/http/problem.ts';
import { REQUEST_REFUSED } from '../shared/http/problems.ts';
import { queryOf } from '../shared/http/request.ts';
import { dayOf, daysFrom } from './application/days.ts';
import type { ClosingDeps, EntryPlace } from './application/ports.ts';
import { entriesOf } from './application/read-accounts.ts';
import { journal } from './composition.ts';
import { placeInEntries } from './http/ledger-requests.ts';
import { listEntries } from './routes.ts';

/** Each day is four questions to the index, also an empty one. */
const MOST_DAYS = 31;

/** `GET /api/v1/ledger/entries`: what was posted to an account, the oldest first. */
export const makeHandler = (deps: Pick<ClosingDeps, 'journal' | 'now'>) =>
  endpoint(listEntries, async (http) => {
    const { limit, cursor, account, unit, ...period } = queryOf(http);
    const to = period.to ?? period.from ?? dayOf(new Date(deps.now()).toISOString());
    const from = period.from ?? to;
    const days = daysFrom(from, to);
    if (days < 1 || days > MOST_DAYS) {
      throw new Problem(
        REQUEST_REFUSED,
        `From ${from} to ${to} are ${days} days; expected 1 to ${MOST_DAYS}. Ask for a shorter time, or for the balance at a moment.`,
      );
    }
    const isWithin = ({ day, places }: EntryPlace): boolean =>
      from <= day && day <= to && Object.values(places).every((place) => dayOf(place.occurredAt) === day);
    const cursors = new Cursors(placeInEntries, { account, unit, from, to }, isWithin);
    const { rows, next } = await entriesOf(deps, { account, unit, from, to, limit, after: cursors.decode(cursor) });
    return {
      status: 200,
      body: {
        account,
        from,
        to,
        items: rows,
        ...(next === undefined ? {} : { next: cursors.encode(next) }),
        links: { self: http.path },
      },
    };
  });

export const handler: Handler = limited(makeHandler({ journal: journal(), now: Date.now }));
