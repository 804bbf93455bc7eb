import type {
  Stock,
  StockChange,
  StockChangeOutcome,
  WatchedArticle,
  WatchedArticles,
  WatchStatus,
} from '../../../functions/inventory/application/stock-ports.ts';
import {
  type ArticleStock,
  articleStock,
  forSaleAt,
  NEW_ARTICLE,
  NO_LOCATION_STOCK,
  stockAfter,
  stockAt,
} from '../../../functions/inventory/domain/article-stock.ts';
import type { StockEvent } from '../../../functions/published/stock-events.ts';
import { STOCK } from '../../../functions/published/stock-log.ts';
import type { Sku } from '../../../functions/shared/kernel/ids.ts';
import type { LocationId } from '../../../functions/shared/kernel/location.ts';
import { InMemoryEventLog } from './in-memory-event-log.ts';
import type { InMemoryInventory } from './in-memory-inventory.ts';

/** The port over the counts of an inventory in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryStock implements Stock, WatchedArticles {
  readonly log: InMemoryEventLog<StockEvent, 'sku', Sku>;
  readonly #inventory: InMemoryInventory;
  /** The articles after their last change here: what orders have done since is known by the inventory. */
  readonly #articles = new Map<Sku, ArticleStock>();

  constructor(inventory: InMemoryInventory, log: InMemoryStock['log'] = new InMemoryEventLog(STOCK)) {
    this.log = log;
    this.#inventory = inventory;
  }

  async find(sku: Sku): Promise<ArticleStock | undefined> {
    const counts = this.#inventory.countsOf(sku);
    if (!counts) return undefined;
    const changed = this.#articles.get(sku);
    const locations = new Map(
      [...counts].map(([location, units]) => {
        const { safetyStock, received } = stockAt(changed ?? NEW_ARTICLE, location);
        // An inventory knows the units that orders can have.
        const stock = { ...NO_LOCATION_STOCK, ...units, available: units.available + safetyStock, safetyStock };
        const { available, reserved, sold, damaged } = stock;
        return [location, { ...stock, received: changed ? received : available + reserved + sold + damaged }] as const;
      }),
    );
    return articleStock(locations, changed ?? NEW_ARTICLE, changed?.version ?? 0);
  }

  async forSale(skus: readonly Sku[], locations: readonly LocationId[]): Promise<ReadonlyMap<Sku, number>> {
    const found = await Promise.all(skus.map(async (sku) => [sku, await this.find(sku)] as const));
    return new Map(found.flatMap(([sku, stock]) => (stock ? [[sku, forSaleAt(stock, locations)] as const] : [])));
  }

  async page(status: WatchStatus, limit: number, after?: Sku): Promise<readonly WatchedArticle[]> {
    return [...this.#articles]
      .flatMap(([sku, { lowStockThreshold: threshold, low }]) =>
        threshold === undefined || low !== (status === 'low') ? [] : [{ sku, threshold }],
      )
      .sort((one, other) => (one.sku < other.sku ? -1 : 1))
      .filter(({ sku }) => after === undefined || sku > after)
      .slice(0, limit);
  }

  change(sku: Sku, change: StockChange): Promise<StockChangeOutcome> {
    return this.#inventory.alone(() => this.#change(sku, change));
  }

  async #change(sku: Sku, { events, before, commandId, requestHash }: StockChange): Promise<StockChangeOutcome> {
    const known = await this.log.findCommand(commandId);
    if (known) return { kind: 'known', sku: known.id, requestHash: known.requestHash };
    const { version } = before;
    const found = (await this.find(sku)) ?? NEW_ARTICLE;
    if (found.version !== version) return { kind: 'version-taken' };
    // What opens the history says what there is already.
    const changed = stockAfter(
      found,
      events.filter(({ type }) => type !== 'StockOpened'),
    );
    const counts = [...changed.locations.values()].flatMap((units) => Object.values<number>({ ...units }));
    if (counts.some((units) => units < 0)) return { kind: 'too-few' };
    const command = { commandId, ...(requestHash === undefined ? {} : { requestHash }) };
    if (!(await this.log.append(sku, version, events, command)).ok) return { kind: 'version-taken' };
    this.#articles.set(sku, { ...changed, version: version + events.length });
    for (const [location, { received: _, safetyStock, ...units }] of changed.locations) {
      this.#inventory.setCounts(sku, location, { ...units, available: units.available - safetyStock });
    }
    return { kind: 'changed' };
  }
}
