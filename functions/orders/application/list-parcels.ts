/** The parcels that are to be packed, those of the oldest order first. */
import type { LocationId } from '../../shared/kernel/location.ts';
import { TO_PACK } from '../domain/lists.ts';
import { type ParcelToPack, parcelsToPack } from '../domain/packing.ts';
import type { OrderLists, OrderViews, Page, PlaceInList } from './ports.ts';

export interface ParcelDeps {
  readonly lists: OrderLists;
  readonly views: OrderViews;
}

/** As many views as DynamoDB reads in one batch. */
const READ_AT_ONCE = 100;
/** A page of one location ends after so many orders, and says where to go on. */
const LOOKED_AT_FOR_A_PAGE = 500;

/**
 * @param location where they leave. @default anywhere
 * @param limit parcels of a page; those of one order are together on one, which may make it longer
 */
export async function listParcels(
  { lists, views }: ParcelDeps,
  location: LocationId | undefined,
  limit: number,
  after?: PlaceInList,
): Promise<Page<ParcelToPack, PlaceInList>> {
  const items: ParcelToPack[] = [];
  let lookedAt = 0;
  let last = after;
  for await (const places of lists.read(TO_PACK, {}, after, 'oldest first')) {
    for (let start = 0; start < places.length; start += READ_AT_ONCE) {
      const some = places.slice(start, start + READ_AT_ONCE);
      const found = await views.findMany(some.map(({ orderId }) => orderId));
      for (const place of some) {
        if (items.length >= limit || lookedAt >= LOOKED_AT_FOR_A_PAGE) return { items, next: last! };
        const view = found.get(place.orderId);
        if (view) items.push(...parcelsToPack(view, location));
        last = place;
        lookedAt += 1;
      }
    }
  }
  return { items };
}
