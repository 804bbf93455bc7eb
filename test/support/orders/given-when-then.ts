/** Given a stream, when a command is decided, then these events follow or it is refused. */
import { expect } from 'vitest';
import type { OrderCommand } from '../../../functions/orders/domain/decide/decide.ts';
import { decide } from '../../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../../functions/orders/domain/evolve.ts';
import type { Refusal } from '../../../functions/orders/domain/refusals.ts';
import type { OrderEvent } from '../../../functions/published/order-events.ts';
import { accept, refuse } from '../../../functions/shared/kernel/result.ts';
import { ORDER_ID, streamOf } from './streams.ts';

/** A command on the order that the streams tell of. */
export type CommandGiven = OrderCommand extends infer Command
  ? Command extends OrderCommand
    ? Omit<Command, 'orderId'>
    : never
  : never;

export const given = (...events: readonly OrderEvent[]) => ({
  when(command: CommandGiven) {
    const decision = decide(fold(streamOf(events)), { orderId: ORDER_ID, ...command });
    return {
      then: (...expected: readonly OrderEvent[]) => expect(decision).toEqual(accept(expected)),
      thenRefused: (refusal: Refusal) => expect(decision).toEqual(refuse(refusal)),
    };
  },
});
