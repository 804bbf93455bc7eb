import type {
  RecordedOrderEvent,
  ShipmentDelivered,
  ShipmentTracked,
  TaskOpened,
} from '../../published/order-events.ts';
import { factId } from '../../shared/kernel/ids.ts';
import { closeTask, openTask } from '../../shared/saga-step/open-task.ts';
import { isGone, type OrderShipment } from '../domain/shipments.ts';
import type { ExistingOrder } from '../domain/state.ts';
import { type CommandBusDeps, dispatch } from './command-bus.ts';
import type { ShipmentMonitor } from './shipment-ports.ts';

const NAME = 'FollowShipment';

export interface FollowDeps extends CommandBusDeps {
  readonly shipmentMonitor: ShipmentMonitor;
  /** How long a person has for a parcel that does not arrive. */
  readonly settings: () => Promise<{ readonly taskDueSeconds: number }>;
}

/**
 * Moves the order on as its carrier, or an operator in its place, has told: see the decider. A parcel that is lost or comes back becomes a person's task, which ends by itself when the parcel is delivered after
 * all. Safe to repeat. A parcel of an order that is not to be sent changes nothing, and leaves a line in the log.
 * @throws ConcurrencyConflict after five lost races; Error for what the order refuses otherwise
 */
export async function followShipment(
  deps: FollowDeps,
  { orderId, eventId, data, correlationId }: RecordedOrderEvent<ShipmentTracked | ShipmentDelivered>,
): Promise<void> {
  const followed = await dispatch(deps, {
    id: factId(orderId, `${NAME}:${eventId}`),
    command: { type: NAME, orderId, shipmentId: data.shipmentId },
    causationId: eventId,
    correlationId,
    actor: { type: 'system', id: NAME },
  });
  if (followed.ok) return seeToArrival(deps, followed.value, data.shipmentId);
  const { refusal } = followed;
  if (refusal.kind === 'illegal-transition') return deps.shipmentMonitor.unexpected(orderId, refusal.from);
  throw new Error(`${NAME} of order ${orderId} was refused: ${refusal.kind}.`);
}

/** The order as it is by now says what is to be done, whatever the report was. */
async function seeToArrival(deps: FollowDeps, { orderId, shipments }: ExistingOrder, shipmentId: string) {
  const shipment = shipments.find((each) => each.shipmentId === shipmentId);
  if (shipment === undefined) return;
  if (isGone(shipment)) {
    const dueAt = deps.now() + 1_000 * (await deps.settings()).taskDueSeconds;
    return openTask(deps, { orderId, kind: 'parcel', shipmentId, error: shipment.status, dueAt }, NAME);
  }
  const stream = await deps.log.read(orderId);
  for (const opened of openTasksOf(stream, shipment)) await closeTask(deps, opened, stream.length, NAME);
}

function openTasksOf(
  stream: readonly RecordedOrderEvent[],
  { shipmentId }: OrderShipment,
): readonly RecordedOrderEvent<TaskOpened>[] {
  const resolved = new Set(stream.flatMap((event) => (event.type === 'TaskResolved' ? [event.data.taskId] : [])));
  return stream.filter(
    (event): event is RecordedOrderEvent<TaskOpened> =>
      event.type === 'TaskOpened' && event.data.shipmentId === shipmentId && !resolved.has(event.data.taskId),
  );
}
