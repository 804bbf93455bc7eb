import type {
  ArticleStock,
  Stock,
  StockChange,
  StockChangeOutcome,
  WatchedArticle,
  WatchedArticles,
  WatchStatus,
} from '../../../functions/inventory/application/stock-ports.ts';
import { changesOf, NO_STOCK, sumOf, withChanges } from '../../../functions/inventory/domain/stock-count.ts';
import {
  limitsAfter,
  limitsOf,
  NO_LIMITS,
  type WatchedLimits,
} from '../../../functions/inventory/domain/stock-limits.ts';
import type { StockEvent } from '../../../functions/published/stock-events.ts';
import { STOCK } from '../../../functions/published/stock-log.ts';
import type { Sku } from '../../../functions/shared/kernel/ids.ts';
import { InMemoryEventLog } from './in-memory-event-log.ts';
import type { InMemoryInventory } from './in-memory-inventory.ts';

/** The port over the counts of an inventory in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryStock implements Stock, WatchedArticles {
  readonly log = new InMemoryEventLog<StockEvent, 'sku', Sku>(STOCK);
  readonly #inventory: InMemoryInventory;
  readonly #received = new Map<Sku, number>();
  readonly #limits = new Map<Sku, WatchedLimits>();

  constructor(inventory: InMemoryInventory) {
    this.#inventory = inventory;
  }

  async find(sku: Sku): Promise<ArticleStock | undefined> {
    const counts = this.#inventory.countsOf(sku);
    if (!counts) return undefined;
    const limits = this.#limits.get(sku) ?? NO_LIMITS;
    // An inventory knows the units that orders can have.
    const available = counts.available + limits.safetyStock;
    const stock = { ...NO_STOCK, ...counts, available, ...limits, version: (await this.log.read(sku)).length };
    const { reserved, sold, damaged } = stock;
    return { ...stock, received: this.#received.get(sku) ?? available + reserved + sold + damaged };
  }

  async forSale(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>> {
    return new Map(
      skus.flatMap((sku) => {
        const counts = this.#inventory.countsOf(sku);
        return counts ? [[sku, Math.max(0, counts.available)] as const] : [];
      }),
    );
  }

  async page(status: WatchStatus, limit: number, after?: Sku): Promise<readonly WatchedArticle[]> {
    return [...this.#limits]
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
    const found = await this.find(sku);
    if ((found?.version ?? 0) !== version) return { kind: 'version-taken' };
    const changed = withChanges(
      { ...NO_STOCK, ...found, received: found?.version ? found.received : 0 },
      sumOf(events.map(changesOf)),
    );
    if (Object.values(changed).some((units) => units < 0)) return { kind: 'too-few' };
    const command = { commandId, ...(requestHash === undefined ? {} : { requestHash }) };
    if (!(await this.log.append(sku, version, events, command)).ok) return { kind: 'version-taken' };
    const { received, ...counts } = changed;
    this.#received.set(sku, received);
    const limits = limitsAfter(limitsOf(before), events);
    this.#limits.set(sku, limits);
    this.#inventory.setCounts(sku, { ...counts, available: counts.available - limits.safetyStock });
    return { kind: 'changed' };
  }
}
