import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { isOver } from './application/days.ts';
import type { Journal } from './application/ports.ts';
import { journal } from './composition.ts';
import { turnoverOf } from './domain/turnover.ts';
import { dayIn } from './http/day-path.ts';
import { getLedgerDay } from './routes.ts';

/** `GET /api/v1/ledger/days/{day}`: what the entries of one day moved; a day that is closed never changes. */
export const makeHandler = (deps: { readonly journal: Pick<Journal, 'postingsOf'>; readonly now: () => number }) =>
  endpoint(getLedgerDay, async (http) => {
    const day = dayIn(http);
    const items = await turnoverOf(deps.journal.postingsOf(day));
    return {
      status: 200,
      body: {
        day,
        closed: isOver(day, deps.now()),
        items: items.map((turnover) => ({ ...turnover, balance: turnover.debits - turnover.credits })),
        links: { self: http.path },
      },
    };
  });

export const handler: Handler = limited(makeHandler({ journal: journal(), now: Date.now }));
