import type { OrderEvent } from '../../../published/order-events.ts';
import type { Command } from '../../../shared/kernel/command.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import type { Refusal } from '../refusals.ts';
import type { OrderIn, OrderStatus } from '../state.ts';

/** The events that follow from a command, in order; none when there is nothing left to do. */
export type Decision<Event extends OrderEvent = OrderEvent> = Result<readonly Event[], Refusal>;

/** One command: the statuses in which it is possible, the status that it leads to, and its decision. */
export interface Decider<C extends Command, Status extends OrderStatus> {
  readonly allowedIn: readonly Status[];
  readonly to: OrderStatus | 'unchanged';
  readonly decide: (order: OrderIn<Status>, command: C) => Decision;
}

/** Makes a decider whose function takes the order in just the statuses that are listed: in any other it does not compile. */
export const decider = <C extends Command>() => ({
  in: <const Status extends OrderStatus>(...allowedIn: readonly Status[]) => ({
    to: (
      to: OrderStatus | 'unchanged',
      decide: (order: OrderIn<Status>, command: C) => Decision,
    ): Decider<C, Status> => ({ allowedIn, to, decide }),
  }),
});
