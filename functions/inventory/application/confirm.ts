import type {
  OrderDelivered,
  OrderShipped,
  RecordedOrderEvent,
  ReservationConfirmed,
  ReturnReceived,
  ShipmentHandedOver,
} from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { isReservationExpired } from '../../shared/saga-step/expired-reservation.ts';
import { readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact } from '../../shared/saga-step/record-fact.ts';
import { ReservationNotHeld } from '../domain/errors.ts';
import { type Leaving, leavingOf } from '../domain/leaving.ts';
import { unitsAt, unitsOf } from '../domain/stock-line.ts';
import type { InventoryDeps, Reservation } from './ports.ts';

/** What says that goods have left: that they have, that they have arrived, or that they are back. */
export type SaysThatGoodsLeft = RecordedOrderEvent<ShipmentHandedOver | OrderShipped | OrderDelivered | ReturnReceived>;
type HandedOver = RecordedOrderEvent<ShipmentHandedOver>;
type Held = Extract<Reservation, { readonly status: 'held' }>;

/**
 * Confirms what of an order's reservation has left: the units of that parcel are sold, together with ReservationConfirmed. Events of before there were several shipments say that all
 * of the order has left. Safe to repeat.
 * @throws ReservationNotHeld when it was released before, never made, or has expired before the order was paid; ConcurrencyConflict
 */
export async function confirmReservation(deps: InventoryDeps, left: SaysThatGoodsLeft): Promise<void> {
  if (left.type === 'ShipmentHandedOver') return confirmParcel(deps, left);
  const { status } = await deps.inventory.find(left.orderId);
  if (status === 'confirmed') return;
  const parcels = (await deps.log.read(left.orderId)).filter(
    (event): event is HandedOver => event.type === 'ShipmentHandedOver',
  );
  if (parcels.length === 0) return confirmAll(deps, left);
  for (const parcel of parcels) await confirmParcel(deps, parcel);
}

const confirmAll = (deps: InventoryDeps, left: SaysThatGoodsLeft): Promise<void> =>
  whileHeld(deps, left, async ({ lines }) => ({
    leaving: { leaving: lines, rest: [] },
    confirmed: { type: 'ReservationConfirmed', data: { lines: unitsOf(lines) } },
  }));

const confirmParcel = (deps: InventoryDeps, left: HandedOver): Promise<void> =>
  whileHeld(deps, left, async (held) => {
    const { shipmentId, items, location } = left.data;
    if (held.left !== undefined && (await isConfirmed(deps.log, left))) return undefined;
    const leaving = leavingOf(held.lines, items, location);
    if (!leaving) throw new Error(`Shipment ${shipmentId} has left with more than its order's reservation holds.`);
    return {
      leaving,
      confirmed: { type: 'ReservationConfirmed', data: { lines: unitsAt(leaving.leaving), shipmentId } },
    };
  });

const isConfirmed = async (log: OrderLog, { orderId, data: { shipmentId } }: HandedOver): Promise<boolean> =>
  (await log.read(orderId)).some(
    (event) => event.type === 'ReservationConfirmed' && event.data.shipmentId === shipmentId,
  );

interface Confirmation {
  readonly leaving: Leaving;
  readonly confirmed: ReservationConfirmed;
}

/** @param confirmationOf what is to be confirmed of the reservation; undefined when it was before */
async function whileHeld(
  { inventory, log, now }: InventoryDeps,
  left: SaysThatGoodsLeft,
  confirmationOf: (held: Held) => Promise<Confirmation | undefined>,
): Promise<void> {
  const { orderId } = left;
  await untilWon(`Order ${orderId} kept changing while its reservation was to be confirmed.`, async () => {
    const reservation = await inventory.find(orderId);
    switch (reservation.status) {
      case 'confirmed':
        return undefined;
      case 'none':
      case 'backordered':
      case 'released':
        throw new ReservationNotHeld(orderId, reservation.status);
      case 'held': {
        const confirmation = await confirmationOf(reservation);
        if (!confirmation) return undefined;
        const { expiresAt } = reservation;
        if (expiresAt !== undefined && Date.parse(expiresAt) <= now()) await stopIfUnpaid(log, orderId, now());
        const [last] = await log.readLast(orderId, 1);
        const event = fact(left, confirmation.confirmed, 'ConfirmReservation', now());
        const version = (last ?? left).version + 1;
        const outcome = await inventory.confirm(orderId, { of: reservation, ...confirmation.leaving }, event, version);
        return outcome.kind === 'confirmed' ? undefined : LOST_RACE;
      }
    }
  });
}

/** Beyond its expiry, a reservation is only good for an order that was paid in time, as an order that is shipped was. */
async function stopIfUnpaid(log: OrderLog, orderId: OrderId, now: number): Promise<void> {
  const order = await readOrderSoFar(log, orderId);
  if (isReservationExpired(order, now)) throw new ReservationNotHeld(orderId, 'expired');
}
