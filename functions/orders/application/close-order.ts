/** The commands at the end of a saga. */

import { factId } from '../../shared/kernel/ids.ts';
import { CancellationRequested, OrderNotFound } from '../../shared/saga-step/errors.ts';
import type { RefuseItemsChange } from '../domain/decide/changing.ts';
import type { CancelOrder, ConfirmOrder } from '../domain/decide/closing.ts';
import { CompensationUnfinished, IllegalOrderTransition } from '../domain/errors.ts';
import { type CommandBusDeps, dispatch } from './command-bus.ts';

/**
 * Carries out the command for a step of the saga.
 * @throws CancellationRequested instead of confirming an order that is cancelled, or is to be, CompensationUnfinished after it has
 *   recorded the cancellation of an order that is not undone yet, OrderNotFound, IllegalOrderTransition, ConcurrencyConflict
 */
export async function closeOrder(
  deps: CommandBusDeps,
  command: ConfirmOrder | CancelOrder | RefuseItemsChange,
): Promise<void> {
  const { orderId, type } = command;
  const changeId = type === 'RefuseItemsChange' ? command.changeId : undefined;
  const closed = await dispatch(deps, {
    id: factId(orderId, changeId === undefined ? type : `${type}:${changeId}`),
    command,
    ...(changeId === undefined ? {} : { causationId: changeId }),
    actor: { type: 'system', id: type },
  });
  if (closed.ok) {
    if (type !== 'CancelOrder' || command.unfinished.length === 0) return;
    throw new CompensationUnfinished(
      orderId,
      command.unfinished.map(({ step }) => step),
    );
  }
  const { refusal } = closed;
  if (refusal.kind === 'order-not-found') throw new OrderNotFound(`There is no order ${orderId}.`);
  if (refusal.kind !== 'illegal-transition') {
    throw new Error(`${type} of order ${orderId} was refused: ${JSON.stringify(refusal)}.`);
  }
  const isCancelled = refusal.from === 'cancelling' || refusal.from === 'cancelled';
  if (type === 'ConfirmOrder' && isCancelled) throw new CancellationRequested(orderId);
  throw new IllegalOrderTransition(orderId, refusal);
}
