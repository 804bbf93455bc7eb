/** Carries out the commands of orders. */
import {
  type CommandDeps,
  carryOut,
  type Deciding,
  type Envelope,
  type StreamRefusal,
} from '../../shared/commands/carry-out.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { decide, type OrderCommand } from '../domain/decide/decide.ts';
import { evolve } from '../domain/evolve.ts';
import type { Refusal } from '../domain/refusals.ts';
import { type ExistingOrder, NO_ORDER } from '../domain/state.ts';
import { type LoadDeps, loadOrder } from './load-order.ts';

/** A command with its caller and its cause. */
export type CommandEnvelope = Envelope<OrderCommand, ExistingOrder>;

export type BusRefusal = Refusal | StreamRefusal;

export interface CommandBusDeps extends LoadDeps, CommandDeps {}

/**
 * Resolves to the order as the command leaves it, or to why it was refused, in which case nothing was written. A command
 * that was carried out before resolves to the order as it is by now.
 * @throws ConcurrencyConflict after five lost races
 */
export const dispatch = (deps: CommandBusDeps, envelope: CommandEnvelope): Promise<Result<ExistingOrder, BusRefusal>> =>
  carryOut(deps, deciding(deps), envelope);

const deciding = (deps: LoadDeps): Deciding<OrderCommand, ExistingOrder, Refusal> => ({
  load: async (orderId, options) => {
    const { order } = await loadOrder(deps, orderId, options);
    return order.status === 'none' ? undefined : order;
  },
  decide: (order, command) => decide(order ?? NO_ORDER, command),
  // No event leads back to no order.
  evolve: (order, event) => evolve(order ?? NO_ORDER, event) as ExistingOrder,
  creates: 'CreateOrder',
});
