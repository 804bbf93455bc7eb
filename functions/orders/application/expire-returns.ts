/** A return that nobody sends expires. */
import { factId, type OrderId } from '../../shared/kernel/ids.ts';
import { isOverdue } from '../domain/returns.ts';
import { type CommandBusDeps, dispatch } from './command-bus.ts';
import { loadOrder } from './load-order.ts';
import type { DueReturns } from './return-ports.ts';

const NAME = 'ExpireReturn';

export interface ExpireReturnsDeps extends CommandBusDeps {
  readonly due: DueReturns;
}

/**
 * Lets returns expire of which nothing has come in time, the longest due first. What is due is a claim of the read model: the order's log says it. Safe to repeat.
 * @param until when it stops: milliseconds since the epoch
 * @throws the first failure, after all others were tried
 */
export async function expireReturns(deps: ExpireReturnsDeps, until: number): Promise<void> {
  const failures: unknown[] = [];
  const at = new Date(deps.now()).toISOString();
  for await (const orderId of deps.due.by(at)) {
    if (deps.now() >= until) break;
    try {
      await expireOf(deps, orderId, at);
    } catch (error) {
      // It holds up nobody else's returns.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function expireOf(deps: ExpireReturnsDeps, orderId: OrderId, at: string): Promise<void> {
  const { order } = await loadOrder(deps, orderId);
  const returns = order.status === 'none' ? [] : order.returns;
  for (const { returnId } of returns.filter((back) => isOverdue(back, at))) {
    // Goods that come at this moment change the version of the log: then it is decided anew.
    const expired = await dispatch(deps, {
      id: factId(orderId, `${NAME}:${returnId}`),
      command: { type: NAME, orderId, returnId, at },
      actor: { type: 'system', id: NAME },
    });
    if (!expired.ok) throw new Error(`${NAME} of order ${orderId} was refused: ${expired.refusal.kind}.`);
  }
}
