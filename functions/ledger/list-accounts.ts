import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { Problem } from '../shared/http/problem.ts';
import { REQUEST_REFUSED } from '../shared/http/problems.ts';
import { queryOf } from '../shared/http/request.ts';
import type { ClosingDeps } from './application/ports.ts';
import { balancesAt, byName } from './application/read-accounts.ts';
import { closing } from './composition.ts';
import { typeOf } from './domain/accounts.ts';
import { placeInAccounts } from './http/ledger-requests.ts';
import { listAccounts } from './routes.ts';

/** `GET /api/v1/ledger/accounts`: the balances of accounts, now or at a moment of the past. */
export const makeHandler = (deps: ClosingDeps) =>
  endpoint(listAccounts, async (http) => {
    const { limit, cursor, ...query } = queryOf(http);
    const cursors = new Cursors(placeInAccounts, query);
    const place = cursors.decode(cursor);
    // All pages are of the same moment.
    const now = new Date(deps.now()).toISOString();
    const at = query.at ?? place?.at ?? now;
    if (at > now) throw new Problem(REQUEST_REFUSED, `${at} is to come: the books end at ${now}.`);
    const all = await balancesAt(deps, at, query);
    const found = all.filter(
      (balance) =>
        (query.of ?? typeOf(balance.account).of) === typeOf(balance.account).of &&
        (place === undefined || byName(balance, place) > 0),
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      status: 200,
      body: {
        at,
        items: page.map(({ account, unit, amount }) => ({
          account,
          of: typeOf(account).of,
          meaning: typeOf(account).meaning,
          unit,
          balance: amount,
        })),
        ...(found.length > limit && last
          ? { next: cursors.encode({ account: last.account, unit: last.unit, at }) }
          : {}),
        links: { self: http.path },
      },
    };
  });

export const handler: Handler = limited(makeHandler(closing()));
