import type { RecordedOrderEvent, ShipmentTracked } from '../../published/order-events.ts';
import { factId } from '../../shared/kernel/ids.ts';
import { type CommandBusDeps, dispatch } from './command-bus.ts';

const NAME = 'FollowShipment';

/** What operators can see of parcels that move although they should not. */
export interface ShipmentMonitor {
  /** The carrier tells of a parcel of an order that has none to send. */
  unexpected(orderId: string, status: string): void;
}

/**
 * Moves the order on as its carrier has told: see the decider. Safe to repeat. A parcel of an order that is not to be sent changes nothing, and leaves a line in the log.
 * @throws ConcurrencyConflict after five lost races; Error for what the order refuses otherwise
 */
export async function followShipment(
  deps: CommandBusDeps & { readonly shipmentMonitor: ShipmentMonitor },
  { orderId, eventId, data, correlationId }: RecordedOrderEvent<ShipmentTracked>,
): Promise<void> {
  const followed = await dispatch(deps, {
    id: factId(orderId, `${NAME}:${eventId}`),
    command: { type: NAME, orderId, shipmentId: data.shipmentId },
    causationId: eventId,
    correlationId,
    actor: { type: 'system', id: NAME },
  });
  if (followed.ok) return;
  const { refusal } = followed;
  if (refusal.kind === 'illegal-transition') return deps.shipmentMonitor.unexpected(orderId, refusal.from);
  throw new Error(`${NAME} of order ${orderId} was refused: ${refusal.kind}.`);
}
