import type { OrderId } from '../../shared/kernel/ids.ts';

/** An order whose channel is to be asked about its refunds. */
export interface WatchedRefunds {
  readonly orderId: OrderId;
  /** When the last of them was asked for or made: milliseconds since the epoch. */
  readonly since: number;
}

/** The orders whose refunds are watched, each once. */
export interface RefundWatch {
  /** The channel is asked at `lookAt` (milliseconds since the epoch), and not at another time. */
  keep(watched: WatchedRefunds, lookAt: number): Promise<void>;
  /** Those whose time has come, the longest due first. */
  due(now: number, limit: number): Promise<readonly WatchedRefunds[]>;
  /** Nothing is watched any more, unless there was another refund since. */
  end(watched: WatchedRefunds): Promise<void>;
}
