import type { RecordedOrderEvent, ShipmentHandedOver } from '../../published/order-events.ts';
import type { ParcelWatch } from './parcel-watch-ports.ts';

export interface WatchDeps {
  readonly watch: Pick<ParcelWatch, 'keep'>;
  readonly settings: () => Promise<{ readonly askAfterSeconds: number }>;
}

/** A parcel is under way: from now on its carrier is asked about it when it tells nothing. Safe to repeat. */
export async function watchParcels(
  { watch, settings }: WatchDeps,
  { orderId, occurredAt }: RecordedOrderEvent<ShipmentHandedOver>,
): Promise<void> {
  const { askAfterSeconds } = await settings();
  await watch.keep({ orderId, lookAt: Date.parse(occurredAt) + 1_000 * askAfterSeconds });
}
