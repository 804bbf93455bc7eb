import type { ShipmentArranged, ShipmentsPlanned } from '../../published/order-events.ts';
import { allocationOf, planOf, shipmentsNamed } from '../../published/order-shipments.ts';
import { WaybillError } from '../../shared/kernel/errors.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import type { ShipmentId } from '../../shared/kernel/shipment-id.ts';
import { type OrderSoFar, readOrderSoFar } from '../../shared/saga-step/order-so-far.ts';
import { fact, recordFacts } from '../../shared/saga-step/record-fact.ts';
import type { ForwardStep } from '../../shared/saga-step/step-input.ts';
import { changesDelivery, isWanted, stopWhileItemsChange } from '../../shared/saga-step/stop-conditions.ts';
import { afterBooking, afterCancellation } from '../domain/arrange-shipment.ts';
import { AddressRefused, CarrierUnavailable, ShipmentWithdrawn } from '../domain/errors.ts';
import { type PlanSettings, planShipments } from '../domain/plan.ts';
import type { ShippingDeps } from './ports.ts';

const STEP = 'CreateShipment';
/** The partner that carries the parcels. */
const CARRIER = 'carrier';

interface Planned {
  readonly order: OrderSoFar;
  readonly plan: ShipmentsPlanned['data'];
}

/**
 * Plans the order's shipments (ShipmentsPlanned), unless there is a plan for the order as it is, books all of them and records them together (ShipmentArranged). Bookings of the
 * order as it was before a change are replaced. When one is refused nothing stays booked.
 * @throws AddressRefused, ShipmentWithdrawn, CarrierUnavailable, ShipmentOutcomeUnknown, CancellationRequested,
 *   CancellationAfterAttempt, OrderChanged while the customer changes items or address, OrderNotFound, ConcurrencyConflict
 */
export async function bookShipments(deps: ShippingDeps, step: ForwardStep, settings: PlanSettings): Promise<void> {
  const planned = await untilWon(`Order ${step.orderId} kept changing while its shipments were to be planned.`, () =>
    plannedOrder(deps, step, settings),
  );
  if (!planned) return;
  const { order, plan } = planned;
  const arranged = await booked(deps, planned);
  const events = arranged.map((event) => fact(order.cause, event, STEP, deps.now()));
  await recordFacts(deps.log, {
    orderId: step.orderId,
    atVersion: order.version,
    events: events.filter(({ eventId }) => !order.recorded.has(eventId)),
    outdatedBy: (newer) => changesDelivery(newer) || isOtherPlan(newer, plan.revision),
  });
}

const isOtherPlan = ({ type, data }: { readonly type: string; readonly data: object }, revision: number): boolean =>
  type === 'ShipmentsPlanned' && 'revision' in data && data.revision !== revision;

/** A plan is recorded before anything is booked, so that whoever undoes the order knows every shipment that there may be. */
async function plannedOrder(
  deps: ShippingDeps,
  step: ForwardStep,
  settings: PlanSettings,
): Promise<Planned | undefined | typeof LOST_RACE> {
  const order = await readOrderSoFar(deps.log, step.orderId);
  if (!(await isWanted(deps, order, step))) return undefined;
  stopWhileItemsChange(order);
  const { orderId } = order.created;
  const before = planOf(order.stream);
  if (before?.revision === order.revision) return { order, plan: before };
  const event = planShipments(
    {
      orderId,
      allocation: allocationOf(order.stream, order.lines),
      revision: order.revision,
      before,
      named: before ? shipmentsNamed(order.stream) : [],
    },
    settings,
    CARRIER,
  );
  const appended = await deps.log.append(orderId, order.version, [fact(order.cause, event, STEP, deps.now())]);
  return appended.ok ? { order: { ...order, version: order.version + 1 }, plan: event.data } : LOST_RACE;
}

/**
 * Books one shipment after the other, the first one first: the compensation of this step leaves its tombstone there before it looks for further plans, so that an attempt that
 * comes after it books nothing at all.
 */
async function booked({ carrier }: ShippingDeps, { order, plan }: Planned): Promise<readonly ShipmentArranged[]> {
  const { orderId } = order.created;
  const asking = inDoubtAfterTheFirst(orderId);
  const named = [...new Set([...plan.shipments.map(({ shipmentId }) => shipmentId), ...shipmentsNamed(order.stream)])];
  const arranged: ShipmentArranged[] = [];
  for (const { shipmentId, items, service } of plan.shipments) {
    const consignment = { address: order.shippingAddress, items, revision: plan.revision, service };
    const { fact: booking, refusal } = afterBooking(
      shipmentId,
      await asking(() => carrier.book(shipmentId, consignment)),
    );
    if (refusal && refusesAll(refusal)) {
      throw await nothingBooked(orderId, { named, refusal }, (id) => asking(() => carrier.cancel(id)));
    }
    if (refusal) throw refusal;
    if (booking) arranged.push(booking);
  }
  for (const shipmentId of named.filter((id) => plan.shipments.every((planned) => planned.shipmentId !== id))) {
    const { refusal } = afterCancellation(shipmentId, await asking(() => carrier.cancel(shipmentId)));
    if (refusal) throw refusal;
  }
  return arranged;
}

const refusesAll = (error: WaybillError): boolean =>
  error instanceof AddressRefused || error instanceof ShipmentWithdrawn;

/** A refusal says that the step has had no effect: whatever else is booked is cancelled before. An address that was refused stays the reason when the step is repeated. */
async function nothingBooked(
  orderId: OrderId,
  { named, refusal }: { readonly named: readonly ShipmentId[]; readonly refusal: WaybillError },
  cancel: ShippingDeps['carrier']['cancel'],
): Promise<WaybillError> {
  let reason = refusal;
  if (named.length === 1) return reason;
  for (const shipmentId of named) {
    const shipment = await cancel(shipmentId);
    const left = afterCancellation(shipmentId, shipment).refusal;
    if (left) return left;
    if (shipment.status === 'refused') reason = new AddressRefused(orderId);
  }
  return reason;
}

/** Once a call has been made, the step may have had an effect, whatever keeps the next call from being sent. */
function inDoubtAfterTheFirst(orderId: OrderId): <Answer>(call: () => Promise<Answer>) => Promise<Answer> {
  let calls = 0;
  return async (call) => {
    calls += 1;
    try {
      return await call();
    } catch (error) {
      const isUnsent = error instanceof WaybillError && error.errorClass.strategy === 'wait';
      throw isUnsent && calls > 1 ? new CarrierUnavailable(orderId, error) : error;
    }
  };
}
