/** The parcel's way to the customer. */
import { accept } from '../../../shared/kernel/result.ts';
import type { DeliverOrder, ShipOrder } from '../commands.ts';
import { decider } from './decider.ts';

export const shipOrder = decider<ShipOrder>('ShipOrder')
  .in('processing')
  .to('shipped', () => accept([{ type: 'OrderShipped', data: {} }]));

export const deliverOrder = decider<DeliverOrder>('DeliverOrder')
  .in('shipped')
  .to('delivered', () => accept([{ type: 'OrderDelivered', data: {} }]));
