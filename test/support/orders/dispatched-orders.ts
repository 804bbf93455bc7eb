/** Commands that are dispatched on two orders in a log with other writers. */

import {
  type CommandBusDeps,
  type CommandEnvelope,
  dispatch,
} from '../../../functions/orders/application/command-bus.ts';
import type { OrderCommand } from '../../../functions/orders/domain/decide/decide.ts';
import { parseOrderId } from '../../../functions/shared/kernel/ids.ts';
import { ContestedLog } from '../fakes/contested-log.ts';
import { InMemorySnapshots } from '../fakes/in-memory-snapshots.ts';
import { created, HAPPY_PATH, newEvent, ORDER_ID, START } from './streams.ts';

/** The order of `created()`, beside the confirmed order `ORDER_ID`. */
export const OTHER_ID = parseOrderId('0190f3a0-0000-7000-8000-000000000002');
export const COMMAND_ID = '0190f3a0-0000-7000-8000-0000000000c1';
/** Another command's id. */
export const ANOTHER = '0190f3a0-0000-7000-8000-0000000000c2';
/** When commands are dispatched: milliseconds since the epoch. */
export const NOW = START + 60_000;

export const shippingAddress = { ...created().data.shippingAddress, street: '1 Elsewhere Road' };
export const refund = {
  type: 'RefundOrder',
  orderId: ORDER_ID,
  refundId: 'refund-1',
  scope: { type: 'full' },
} as const satisfies OrderCommand;
export const change = {
  type: 'ChangeShippingAddress',
  orderId: OTHER_ID,
  shippingAddress,
} as const satisfies OrderCommand;
export const ship = { type: 'ShipOrder', orderId: ORDER_ID } as const satisfies OrderCommand;

export async function dispatchedOrders() {
  const log = new ContestedLog();
  await log.append(
    ORDER_ID,
    0,
    HAPPY_PATH.map((event, index) => newEvent(event, index)),
  );
  await log.append(OTHER_ID, 0, [newEvent(created(), 0, OTHER_ID)]);
  log.appends = 0;
  const deps: CommandBusDeps = { log, snapshots: new InMemorySnapshots(), now: () => NOW };
  return {
    log,
    deps,
    /** Dispatches as an operator, with the id `COMMAND_ID`. */
    send: (command: OrderCommand, over: Partial<CommandEnvelope> = {}) =>
      dispatch(deps, {
        id: COMMAND_ID,
        command,
        causationId: 'request-1',
        actor: { type: 'operator', id: 'O-1' },
        ...over,
      }),
  };
}
