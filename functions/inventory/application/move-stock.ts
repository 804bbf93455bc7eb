import { v5 } from 'uuid';
import type { Actor, NewEvent } from '../../shared/kernel/events.ts';
import type { CorrelationId, EventId, Sku } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import { changesOf, NO_STOCK, opening, withChanges } from '../domain/stock-count.ts';
import type { StockEvent, StockMovement } from '../domain/stock-events.ts';
import type { ArticleStock, StockDeps } from './stock-ports.ts';

/** What led to a movement. */
export interface MovementOrigin {
  /** A UUID: what comes again under it has no second effect. */
  readonly id: string;
  readonly requestHash?: string;
  readonly correlationId: CorrelationId;
  /** The id of the request or the event. */
  readonly causationId: string;
  readonly actor: Actor;
}

/**
 * Why nothing was moved.
 * - `too-few`: a count would become negative; `stock` is what there is
 * - `no-stock`: the article never had any
 * - `command-reused`: the id belongs to another movement
 */
export type MovementRefusal =
  | { readonly kind: 'too-few'; readonly stock: ArticleStock }
  | { readonly kind: 'no-stock' }
  | { readonly kind: 'command-reused' };

/**
 * Records a movement of an article's stock and changes its counts. Resolves to the stock as it is afterwards; as it is by now, when
 * the movement was recorded before.
 * @throws ConcurrencyConflict after five lost races
 */
export function moveStock(
  { stock, now }: StockDeps,
  sku: Sku,
  movement: StockMovement,
  origin: MovementOrigin,
): Promise<Result<ArticleStock, MovementRefusal>> {
  return untilWon(`The stock of ${sku} kept changing while ${movement.type} was to be recorded.`, async () => {
    const found = await stock.find(sku);
    if (!found && movement.type !== 'StockReceived') return refuse({ kind: 'no-stock' } as const);
    const before = found ?? { ...NO_STOCK, version: 0 };
    const events = found?.version === 0 ? [opening(found), movement] : [movement];
    const { id: commandId, requestHash } = origin;
    const outcome = await stock.change(sku, {
      events: events.map((event) => recorded(event, origin, now())),
      version: before.version,
      commandId,
      requestHash,
    });
    switch (outcome.kind) {
      case 'changed':
        return accept({
          ...withChanges(before, changesOf(movement)),
          version: before.version + events.length,
        });
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
  { id, correlationId, causationId, actor }: MovementOrigin,
  now: number,
): NewEvent<E> => ({
  ...event,
  eventId: v5(event.type, id) as EventId,
  occurredAt: new Date(now).toISOString(),
  correlationId,
  causationId,
  actor,
});
