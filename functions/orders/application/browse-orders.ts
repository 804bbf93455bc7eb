/** All orders by what they are, newest first. */
import { type Counts, isShownBy, type OrderFilter, shortestList } from '../domain/lists.ts';
import { type OrderSummary, summaryOf } from '../domain/order-summary.ts';
import type { OrderView } from '../domain/order-view.ts';
import type { OrderLists, OrderViews, Page, PlaceInList, TimesOfOrders } from './ports.ts';

export interface BrowseDeps {
  readonly lists: OrderLists;
  readonly views: OrderViews;
}

export interface BrowsedOrder extends OrderSummary {
  readonly paymentMethod: OrderView['payment']['method'];
  readonly paymentStatus: OrderView['payment']['status'];
  readonly shipmentStatus: OrderView['shipment']['status'];
  readonly reason?: OrderView['reason'];
}

/** As many views as DynamoDB reads in one batch. */
const LOOKED_AT_IN_ONE_READ = 100;
/** A page that finds little ends after so many orders, and says where to go on. */
const LOOKED_AT_FOR_A_PAGE = 500;

/**
 * Orders of the filter within the times, newest first. The shortest of the filter's lists is read, and what else the filter says is looked up in the
 * views: so a page of one condition reads as many orders as it shows, and a page of several at most 500.
 */
export async function browseOrders(
  { lists, views }: BrowseDeps,
  filter: OrderFilter,
  times: TimesOfOrders,
  limit: number,
  after?: PlaceInList,
): Promise<Page<BrowsedOrder, PlaceInList>> {
  const list = shortestList(filter, await countsFor(lists, filter));
  const items: BrowsedOrder[] = [];
  let [last, lookedAt] = [after, 0];
  for await (const entries of inReadsOf(lists.read(list, times, after), () => limit + 1 - items.length)) {
    const found = await views.findMany(entries.map(({ orderId }) => orderId));
    for (const entry of entries) {
      const view = found.get(entry.orderId);
      if (view && isShownBy(filter, view)) {
        // One more than wanted tells whether there is another page.
        if (items.length === limit) return { items, next: last! };
        items.push(browsed(view));
      }
      last = { createdAt: entry.createdAt, orderId: entry.orderId };
      lookedAt += 1;
    }
    if (lookedAt >= LOOKED_AT_FOR_A_PAGE) return { items, next: last! };
  }
  return { items };
}

/** Only a filter of several conditions has a choice of lists. */
const countsFor = async (lists: OrderLists, filter: OrderFilter): Promise<Counts> => {
  const conditions = Object.values(filter).filter((value) => value !== undefined).length;
  return conditions > 1 ? lists.counts() : new Map([['all=orders', Number.POSITIVE_INFINITY]]);
};

/** Reads go on with as many entries as are wanted, at least ten, and at most as many as views are read at once. */
async function* inReadsOf(
  pages: AsyncIterable<readonly PlaceInList[]>,
  wanted: () => number,
): AsyncIterable<readonly PlaceInList[]> {
  let waiting: PlaceInList[] = [];
  for await (const page of pages) {
    waiting.push(...page);
    for (let size = sizeOf(wanted()); waiting.length >= size; size = sizeOf(wanted())) {
      yield waiting.slice(0, size);
      waiting = waiting.slice(size);
    }
  }
  if (waiting.length > 0) yield waiting;
}

const sizeOf = (wanted: number): number => Math.min(Math.max(wanted, 10), LOOKED_AT_IN_ONE_READ);

const browsed = (view: OrderView): BrowsedOrder => ({
  ...summaryOf(view),
  paymentMethod: view.payment.method,
  paymentStatus: view.payment.status,
  shipmentStatus: view.shipment.status,
  ...(view.reason === undefined ? {} : { reason: view.reason }),
});
