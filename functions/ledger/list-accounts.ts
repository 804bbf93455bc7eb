import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { queryOf } from '../shared/http/request.ts';
import type { Journal } from './application/ports.ts';
import { journal } from './composition.ts';
import { turnoverOf } from './domain/turnover.ts';
import { listAccounts } from './routes.ts';

/** An entry gets its time before it is written, by a function that ends within seconds. */
const LATEST_MS = 60_000;

/** `GET /api/v1/ledger/accounts`: what the entries of one day moved; a day that is over never changes. */
export const makeHandler = (deps: { readonly journal: Journal; readonly now: () => number }) =>
  endpoint(listAccounts, async (http) => {
    const { day } = queryOf(http);
    const items = await turnoverOf(deps.journal.postingsOf(day));
    const end = Date.parse(`${day}T00:00:00.000Z`) + 86_400_000;
    return {
      status: 200,
      body: {
        day,
        closed: deps.now() > end + LATEST_MS,
        items: items.map((turnover) => ({ ...turnover, balance: turnover.debits - turnover.credits })),
        links: { self: `${http.path}?day=${day}` },
      },
    };
  });

export const handler: Handler = limited(makeHandler({ journal: journal(), now: Date.now }));
