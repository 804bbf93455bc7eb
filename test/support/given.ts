/** Given a stream, when a command is decided, then these events follow or it is refused. */
import { expect } from '@jest/globals';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { Order } from '../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../functions/shared/kernel/order-events.ts';
import { accept, refuse, type Result } from '../../functions/shared/kernel/result.ts';
import { streamOf } from './order-streams.ts';

type Decide = (order: Order) => Result<readonly OrderEvent[], unknown>;

export const given = (...events: readonly OrderEvent[]) => ({
  when(decide: Decide) {
    const decision = decide(fold(streamOf(events)));
    return {
      then: (...expected: readonly OrderEvent[]) => expect(decision).toEqual(accept(expected)),
      thenRefused: (refusal: unknown) => expect(decision).toEqual(refuse(refusal)),
    };
  },
});
