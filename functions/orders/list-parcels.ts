import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { queryOf } from '../shared/http/request.ts';
import { revalidated } from '../shared/http/revalidated.ts';
import { listParcels as list, type ParcelDeps } from './application/list-parcels.ts';
import { orderLists, orderViews } from './composition.ts';
import { picksFor } from './domain/packing.ts';
import { placeInList } from './http/list-request.ts';
import { listParcels } from './routes.ts';

/** `GET /api/v1/parcels`: what those who pack have to do. It reads the read model, a second or two behind. */
export const makeHandler = (deps: ParcelDeps) =>
  endpoint(listParcels, async (http) => {
    const { location, limit, cursor } = queryOf(http);
    const cursors = new Cursors(placeInList, { location });
    const { items, next } = await list(deps, location, limit, cursors.decode(cursor));
    const body = {
      items: items.map((parcel) => ({ ...parcel, links: { order: `/api/v1/orders/${parcel.orderId}` } })),
      picks: picksFor(items),
      ...(next ? { next: cursors.encode(next) } : {}),
      links: { self: http.path },
    };
    return revalidated({ status: 200, body }, http);
  });

export const handler: Handler = limited(makeHandler({ lists: orderLists(), views: orderViews() }));
