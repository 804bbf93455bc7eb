/** The milestones of an order: what its customer is shown of its way. This is their one definition. Pure. */
import { isoOf, millisecondsOf } from '../../shared/kernel/time.ts';
import type { PromisedTimes } from './event-data.ts';
import { hasLeft, isAtItsEnd, isGone, type OrderShipment } from './shipments.ts';
import type { ExistingOrder } from './state.ts';

/**
 * In their order. An order is `confirmed` when it is paid and its parcels are booked, `shipped` with its first parcel, `out_for_delivery` when a carrier has said so of one, and `delivered` with
 * its last. Part of the API.
 */
export const MILESTONES = ['placed', 'confirmed', 'shipped', 'out_for_delivery', 'delivered', 'cancelled'] as const;
export type MilestoneName = (typeof MILESTONES)[number];

/** Times are ISO 8601, UTC. */
export interface Milestone {
  readonly name: MilestoneName;
  /** By when it was promised as the order was placed. Absent when nothing was promised. */
  readonly promisedAt?: string;
  /** By when it is expected, by all that is known. Absent when nothing was promised, and no carrier has an estimate. */
  readonly expectedAt?: string;
  /** When it was met; absent before. */
  readonly metAt?: string;
  /** Whether it was met after the time that was promised, or is not met though that time has passed. */
  readonly late: boolean;
}

/** When milestones were met; an order is placed when it is created. */
export type MetTimes = { readonly [Name in Exclude<MilestoneName, 'placed'>]?: string };

/** For how long an order has waited for approval, goods or its payment. */
export interface Waits {
  /** Without the wait that goes on. */
  readonly milliseconds: number;
  /** While it waits: since when. */
  readonly since?: string;
}

export const NO_WAITS: Waits = { milliseconds: 0 };

const WAITING_IN: readonly ExistingOrder['status'][] = ['held', 'backordered', 'payment_pending'];
const CONFIRMED_IN: readonly ExistingOrder['status'][] = ['processing', 'shipped', 'delivered', 'refunded'];
/** Nothing more is expected of these, though the parcels of a refunded order may arrive. */
const GIVEN_UP_IN: readonly ExistingOrder['status'][] = ['cancelling', 'cancelled', 'refunded'];

/** The order after an event, with what the event means for its milestones. */
export const withMilestones = <Order extends ExistingOrder>(order: Order): Order => ({
  ...order,
  met: metTimesOf(order),
  waits: waitsOf(order),
});

function metTimesOf(order: ExistingOrder): MetTimes {
  const { met, updatedAt } = order;
  if (met.delivered !== undefined || met.cancelled !== undefined) return met;
  return { ...Object.fromEntries(reachedBy(order).map((name) => [name, updatedAt])), ...met };
}

/** None without those before it: a carrier can tell of a parcel before its order is confirmed. */
function reachedBy({ status, shipments }: ExistingOrder): readonly (keyof MetTimes)[] {
  if (status === 'cancelled') return ['cancelled'];
  if (!CONFIRMED_IN.includes(status)) return [];
  if (!shipments.some(hasLeft)) return ['confirmed'];
  const isDelivered = status === 'delivered' || (status === 'refunded' && haveArrived(shipments));
  if (isDelivered) return ['confirmed', 'shipped', 'delivered'];
  return shipments.some(isOut) ? ['confirmed', 'shipped', 'out_for_delivery'] : ['confirmed', 'shipped'];
}

const isOut = ({ status }: OrderShipment): boolean => status === 'out_for_delivery' || status === 'delivery_attempted';

/** No event says so of an order that was refunded on the way. */
const haveArrived = (shipments: readonly OrderShipment[]): boolean =>
  shipments.every(isAtItsEnd) && shipments.some(({ status }) => status === 'delivered');

function waitsOf({ status, waits, updatedAt }: ExistingOrder): Waits {
  const { milliseconds, since } = waits;
  if (WAITING_IN.includes(status)) return { milliseconds, since: since ?? updatedAt };
  return { milliseconds: milliseconds + sinceThen(since, millisecondsOf(updatedAt)) };
}

const sinceThen = (since: string | undefined, until: number): number =>
  since === undefined ? 0 : Math.max(0, until - millisecondsOf(since));

/**
 * The milestones of the order in their order: those that were met, and unless it is given up those that are to come. One that is being cancelled, or is cancelled, ends with `cancelled`.
 * @param now milliseconds since the epoch
 */
export function milestonesOf(order: ExistingOrder, now: number): readonly Milestone[] {
  const met = { placed: order.createdAt, ...order.met };
  const present = isoOf(now);
  return MILESTONES.filter((name) => met[name] !== undefined || isToCome(order, name)).map((name) => {
    const promisedAt = isPromised(name) ? order.promised?.[name] : undefined;
    const expectedAt = isPromised(name) ? expectedTimeOf(order, name, now) : undefined;
    const metAt = met[name];
    return {
      name,
      ...(promisedAt === undefined ? {} : { promisedAt }),
      ...(expectedAt === undefined ? {} : { expectedAt }),
      ...(metAt === undefined ? {} : { metAt }),
      late: promisedAt !== undefined && (metAt ?? present) > promisedAt,
    };
  });
}

const isPromised = (name: MilestoneName): name is keyof PromisedTimes =>
  name === 'confirmed' || name === 'shipped' || name === 'delivered';

const isToCome = ({ status }: ExistingOrder, name: MilestoneName): boolean =>
  name === 'cancelled' ? status === 'cancelling' : isPromised(name) && !GIVEN_UP_IN.includes(status);

/** What was promised, later by as long as the order has waited; the delivery when the carriers of its parcels expect the last. */
function expectedTimeOf(order: ExistingOrder, name: keyof PromisedTimes, now: number): string | undefined {
  const { promised, shipments, waits } = order;
  const time = promised?.[name];
  const waited = waits.milliseconds + sinceThen(waits.since, now);
  const moved = time === undefined ? undefined : isoOf(millisecondsOf(time) + waited);
  return name === 'delivered' ? lastArrival(shipments, moved) : moved;
}

/** @param otherwise when a parcel is expected that its carrier has no estimate of */
const lastArrival = (shipments: readonly OrderShipment[], otherwise: string | undefined): string | undefined =>
  shipments
    .filter((parcel) => !isGone(parcel) && parcel.status !== 'cancelled')
    .flatMap(({ estimatedDeliveryAt = otherwise }) => estimatedDeliveryAt ?? [])
    .sort((one, other) => millisecondsOf(one) - millisecondsOf(other))
    .at(-1) ?? otherwise;

/** Whether the milestones become others without a new event: the order waits, or is late with what is to come. */
export const changeWithTime = ({ promised, waits }: ExistingOrder, milestones: readonly Milestone[]): boolean =>
  (promised !== undefined && waits.since !== undefined) ||
  milestones.some(({ late, metAt }) => late && metAt === undefined);
