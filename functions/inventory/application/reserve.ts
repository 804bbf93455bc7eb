import type { InventoryReserved, NewOrderEvent } from '../../published/order-events.ts';
import type { Configuration } from '../../shared/configuration/document.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { UnitsAt } from '../../shared/kernel/location.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact } from '../../shared/saga-step/record-fact.ts';
import type { ForwardStep } from '../../shared/saga-step/step-input.ts';
import { isWanted } from '../../shared/saga-step/stop-conditions.ts';
import { Backordered, OutOfStock, ReservationReleased } from '../domain/errors.ts';
import { type LocationsSettings, sourcesOf } from '../domain/sources.ts';
import { unitsOf } from '../domain/stock-line.ts';
import { type Reduced, whatThereIs } from '../domain/what-there-is.ts';
import type { InventoryDeps } from './ports.ts';

const DAY_SECONDS = 86_400;
const STEP = 'ReserveInventory';

export type ReserveSettings = LocationsSettings &
  Pick<Configuration['inventory'], 'reservationSeconds' | 'whenShort' | 'backorderDays'>;

export interface ReserveStep extends ForwardStep {
  /** Whether the execution can wait for goods: those of 0.2.0 and before cannot. */
  readonly canWait: boolean;
  /** The article for which the order is known to wait. While there is too little of it, nothing changes. @default none */
  readonly awaits?: Sku;
}

/**
 * Reserves all lines of the order, as they are when the reservation is made, together with InventoryReserved; or nothing. Safe
 * to repeat, and to call after the release. What becomes of an
 * order that wants more than there is, the shop has set: it is refused, it waits for goods, or what there is too little of is taken off it.
 * @throws OutOfStock, Backordered, ReservationReleased, CancellationRequested, CancellationAfterAttempt, OrderNotFound, ConcurrencyConflict
 */
export async function reserveStock(deps: InventoryDeps, step: ReserveStep, settings: ReserveSettings): Promise<void> {
  const { inventory, log, now } = deps;
  const { orderId } = step;
  let { attempt, awaits } = step;
  await untilWon(`Order ${orderId} kept changing while its stock was to be reserved.`, async (race) => {
    // The reservation takes the next place in the stream: it fails when the stream has gone on.
    const order = await readOrderSoFar(log, orderId, race === 0 ? 'eventual' : 'strong');
    if (!(await isWanted(deps, order, { orderId, attempt }))) return undefined;
    const wanted = {
      lines: unitsOf(order.lines),
      sources: sourcesOf(settings, order.shippingAddress.country),
    };
    const event = reservationOf(order, settings, now());
    const outcome = await inventory.reserve(orderId, wanted, event, order.version + 1);
    switch (outcome.kind) {
      case 'reserved':
        return undefined;
      case 'out-of-stock': {
        const { short } = outcome;
        const skus = short.map(({ sku }) => sku);
        if (awaits !== undefined && skus.includes(awaits)) throw new Backordered(orderId, short);
        if (order.backorder !== undefined || (settings.whenShort === 'backorder' && step.canWait)) {
          // From here on goods may be reserved for it at any moment: who cancels it has something to undo.
          attempt = Math.max(attempt, 1);
          const begun = await waitForGoods(deps, order, skus, settings);
          // The event has goods looked for that came a moment before, for whoever waits for them longest.
          if (begun === 'recorded') throw new Backordered(orderId, short);
          // No event tells of it: it tries once more.
          if (begun === 'known') awaits = skus[0];
          return LOST_RACE;
        }
        const left = settings.whenShort === 'partial' ? whatThereIs(order, short) : undefined;
        if (left) {
          await takeOff(deps, order, left);
          return LOST_RACE;
        }
        // An earlier attempt may still be on its way, and must not reserve what the order no longer waits for.
        if (!(await inventory.forbid(orderId, skus))) return LOST_RACE;
        throw new OutOfStock(orderId, skus);
      }
      case 'released':
        // An attempt before this one may have found too little, and its answer been lost: the reason stays what it was.
        throw outcome.short ? new OutOfStock(orderId, outcome.short) : new ReservationReleased(orderId);
      case 'already-reserved':
      case 'version-taken':
        return order.recorded.has(event([]).eventId) ? undefined : LOST_RACE;
    }
  });
}

/** The order may have changed meanwhile: then it is looked at anew. */
async function takeOff({ log, now }: InventoryDeps, order: OrderSoFar, left: Reduced): Promise<void> {
  const { orderId, data } = order.created;
  const removed = { type: 'UnitsRemoved', data: { customerId: data.customerId, ...left } } as const;
  await log.append(orderId, order.version, [fact(order.cause, removed, STEP, now())]);
}

const reservationOf =
  ({ cause, backorder }: OrderSoFar, { reservationSeconds }: ReserveSettings, now: number) =>
  (lines: readonly UnitsAt[]): NewOrderEvent<InventoryReserved> => {
    const data = {
      lines,
      expiresAt: new Date(now + 1_000 * reservationSeconds).toISOString(),
      ...(backorder === undefined ? {} : { backordered: true as const }),
    };
    return fact(cause, { type: 'InventoryReserved', data }, STEP, now);
  };

/**
 * Puts the order where goods are looked for, and then records that it waits: who learns of it finds it there.
 * - `recorded`: the event is new
 * - `known`: the same was recorded before
 * - `changed`: the order has changed meanwhile, or its goods are reserved
 */
async function waitForGoods(
  { inventory, log, now }: InventoryDeps,
  order: OrderSoFar,
  skus: readonly Sku[],
  { backorderDays }: ReserveSettings,
): Promise<'recorded' | 'known' | 'changed'> {
  const { orderId, occurredAt: orderedAt, data } = order.created;
  if (!(await inventory.backorder(orderId, { awaits: skus[0]!, orderedAt }))) return 'changed';
  const { until = new Date(now() + 1_000 * DAY_SECONDS * backorderDays).toISOString() } = order.backorder ?? {};
  const lines = unitsOf(order.lines).filter(({ sku }) => skus.includes(sku));
  const waits = { type: 'OrderBackordered', data: { customerId: data.customerId, lines, until } } as const;
  const event = fact(order.cause, waits, STEP, now());
  if (order.recorded.has(event.eventId)) return 'known';
  return (await log.append(orderId, order.version, [event])).ok ? 'recorded' : 'changed';
}
