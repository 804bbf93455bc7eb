/** The parcel's way to the customer. */
import type { Command } from '../../../shared/kernel/command.ts';
import { accept } from '../../../shared/kernel/result.ts';
import { decider } from './decider.ts';

/** The carrier has the parcel. */
export type ShipOrder = Command<'ShipOrder'>;

const shipOrder = decider<ShipOrder>()
  .in('processing')
  .to('shipped', () => accept([{ type: 'OrderShipped', data: {} }]));

/** The customer has the parcel. */
export type DeliverOrder = Command<'DeliverOrder'>;

const deliverOrder = decider<DeliverOrder>()
  .in('shipped')
  .to('delivered', () => accept([{ type: 'OrderDelivered', data: {} }]));

export const DELIVERING = {
  ShipOrder: shipOrder,
  DeliverOrder: deliverOrder,
} as const;
