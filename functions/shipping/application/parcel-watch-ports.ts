import type { OrderId } from '../../shared/kernel/ids.ts';

/** An order with parcels under way. */
export interface WatchedParcels {
  readonly orderId: OrderId;
  /** When its carrier is to be asked about them: milliseconds since the epoch. */
  readonly lookAt: number;
}

/** The orders whose parcels are watched, each once. */
export interface ParcelWatch {
  /** The carrier is asked then, and not at another time. */
  keep(watched: WatchedParcels): Promise<void>;
  /** Those whose time has come, the longest due first. */
  due(now: number, limit: number): Promise<readonly WatchedParcels[]>;
  /** Nothing is watched any more, unless it was kept for another time meanwhile. */
  end(watched: WatchedParcels): Promise<void>;
}
