import type { OrderId } from '../../shared/kernel/ids.ts';
import { firstLook } from '../domain/refund-watch.ts';
import type { RefundWatch } from './refund-watch-ports.ts';

export interface WatchDeps {
  readonly watch: Pick<RefundWatch, 'keep'>;
}

/**
 * Money goes back, or is to: from now on, the channel is asked about it also when it tells nothing.
 * @param since when that was asked for or made: milliseconds since the epoch
 */
export const watchRefunds = ({ watch }: WatchDeps, orderId: OrderId, since: number): Promise<void> =>
  watch.keep({ orderId, since }, firstLook(since));
