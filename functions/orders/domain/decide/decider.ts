import type { OrderEvent } from '../../../published/order-events.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import type { OrderCommand } from '../commands.ts';
import type { Refusal } from '../refusals.ts';
import type { OrderIn, OrderStatus } from '../state.ts';

/** The events that follow from a command, in order; none when there is nothing left to do. */
export type Decision<Event extends OrderEvent = OrderEvent> = Result<readonly Event[], Refusal>;

/** One command: the statuses in which it is possible, the status that it leads to, and its decision. */
export interface Decider<Command extends OrderCommand, Status extends OrderStatus> {
  readonly command: Command['type'];
  readonly allowedIn: readonly Status[];
  readonly to: OrderStatus | 'unchanged';
  readonly decide: (order: OrderIn<Status>, command: Command) => Decision;
}

/** Makes a decider whose function takes the order in just the statuses that are listed: in any other it does not compile. */
export const decider = <Command extends OrderCommand>(command: Command['type']) => ({
  in: <const Status extends OrderStatus>(...allowedIn: readonly Status[]) => ({
    to: (
      to: OrderStatus | 'unchanged',
      decide: (order: OrderIn<Status>, command: Command) => Decision,
    ): Decider<Command, Status> => ({ command, allowedIn, to, decide }),
  }),
});
