import { v5 } from 'uuid';
import type { Actor, NewEvent } from '../../shared/kernel/events.ts';
import type { CorrelationId, EventId, Sku } from '../../shared/kernel/ids.ts';
import type { LocationId } from '../../shared/kernel/location.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import { type ArticleStock, NEW_ARTICLE, stockAfter } from '../domain/article-stock.ts';
import { opening } from '../domain/stock-count.ts';
import type { StockEvent } from '../domain/stock-events.ts';
import type { StockDeps } from './stock-ports.ts';

/** What led to a change of stock. */
export interface StockOrigin {
  /** A UUID: what comes again under it has no second effect. */
  readonly id: string;
  readonly requestHash?: string;
  readonly correlationId: CorrelationId;
  /** The id of the request or the event. */
  readonly causationId: string;
  readonly actor: Actor;
}

/**
 * Why nothing was recorded.
 * - `too-few`: a count would become negative; `stock` is what there is
 * - `no-stock`: the article never had any
 * - `command-reused`: the id belongs to another change
 * - `no-location`: the shop has no such location; `known` are those that it has
 */
export type StockRefusal =
  | { readonly kind: 'too-few'; readonly stock: ArticleStock }
  | { readonly kind: 'no-stock' }
  | { readonly kind: 'command-reused' }
  | { readonly kind: 'no-location'; readonly location: LocationId; readonly known: readonly LocationId[] };

/**
 * Records what is decided about an article, and changes its counts. Resolves to the stock as it is afterwards; as it is by now, when
 * it was recorded before, or nothing is to be recorded.
 * @param decide the events for the stock as it is; `undefined` for an article that never had stock. Each type once at most
 * @throws ConcurrencyConflict after five lost races
 */
export function recordStock(
  { stock, now }: StockDeps,
  sku: Sku,
  decide: (found: ArticleStock | undefined) => Result<readonly StockEvent[], StockRefusal>,
  origin: StockOrigin,
): Promise<Result<ArticleStock, StockRefusal>> {
  return untilWon(`The stock of ${sku} kept changing while something was to be recorded of it.`, async () => {
    const found = await stock.find(sku);
    const before = found ?? NEW_ARTICLE;
    const decided = decide(found);
    if (!decided.ok) return decided;
    if (decided.value.length === 0) return accept(before);
    const events = found?.version === 0 ? [opening(found), ...decided.value] : decided.value;
    const { id: commandId, requestHash } = origin;
    const outcome = await stock.change(sku, {
      events: events.map((event) => recorded(event, origin, now())),
      before,
      commandId,
      requestHash,
    });
    switch (outcome.kind) {
      case 'changed':
        // What opens the history says what there is already.
        return accept({ ...stockAfter(before, decided.value), version: before.version + events.length });
      case 'known':
        return outcome.sku === sku && outcome.requestHash === requestHash
          ? accept(before)
          : refuse({ kind: 'command-reused' } as const);
      case 'too-few':
        return refuse({ kind: 'too-few', stock: before } as const);
      case 'version-taken':
        return LOST_RACE;
    }
  });
}

const recorded = <E extends StockEvent>(
  event: E,
  { id, correlationId, causationId, actor }: StockOrigin,
  now: number,
): NewEvent<E> => ({
  ...event,
  eventId: v5(event.type, id) as EventId,
  occurredAt: new Date(now).toISOString(),
  correlationId,
  causationId,
  actor,
});
