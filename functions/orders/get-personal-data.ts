import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { customerIdOf } from '../shared/http/customer-path.ts';
import { queryOf } from '../shared/http/request.ts';
import { collectPersonalData, type PersonalDataDeps } from './application/collect-personal-data.ts';
import { collecting } from './composition.ts';
import { ordersOpenTo } from './http/caller-orders.ts';
import { placeInList } from './http/list-request.ts';
import { getPersonalData } from './routes.ts';

/** `GET /api/v1/customers/{customerId}/personal-data`: everything that is held of a person, for them and for operators with the scope, page by page. */
export const makeHandler = (deps: PersonalDataDeps) =>
  endpoint(getPersonalData, async (http) => {
    const customerId = customerIdOf(http, ordersOpenTo(http.caller));
    const { limit, cursor } = queryOf(http);
    const cursors = new Cursors(placeInList, { customerId });
    const { next, ...page } = await collectPersonalData(deps, customerId, { limit, after: cursors.decode(cursor) });
    return {
      status: 200,
      body: { customerId, ...page, ...(next ? { next: cursors.encode(next) } : {}), links: { self: http.path } },
    };
  });

export const handler: Handler = limited(makeHandler(collecting()));
