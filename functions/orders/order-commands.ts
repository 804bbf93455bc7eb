/** Runs the saga's closing commands against the log: load, decide, append, and again when a race was lost. */
import { ConcurrencyConflict, OrderNotFound } from '../shared/kernel/errors.ts';
import type { OrderId } from '../shared/kernel/ids.ts';
import type { OrderCreated, OrderEvent, RecordedOrderEvent } from '../shared/kernel/order-events.ts';
import type { Result } from '../shared/kernel/result.ts';
import type { OrderLog } from '../shared/order-log/port.ts';
import { fact, MAX_RACES } from '../shared/order-log/record-fact.ts';
import type { IllegalTransition } from './domain/decide.ts';
import { IllegalOrderTransition } from './domain/errors.ts';
import { fold } from './domain/evolve.ts';
import type { Order } from './domain/state.ts';

export interface CommandDeps {
  readonly log: OrderLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Decides on the order as it is now and appends what was decided. Resolves to the last version of the stream.
 * @param step who acts, such as `ConfirmOrder`
 * @throws OrderNotFound, IllegalOrderTransition, ConcurrencyConflict after five lost races
 */
export async function runCommand(
  { log, now }: CommandDeps,
  orderId: OrderId,
  step: string,
  decide: (order: Order) => Result<readonly OrderEvent[], IllegalTransition>,
): Promise<number> {
  for (let race = 0; race < MAX_RACES; race += 1) {
    const stream = await log.read(orderId);
    const [created] = stream;
    if (!created) throw new OrderNotFound(`There is no order ${orderId}.`);
    const decision = decide(fold(stream));
    if (!decision.ok) throw new IllegalOrderTransition(orderId, decision.refusal);
    const events = decision.value.map((event) => fact(created as RecordedOrderEvent<OrderCreated>, event, step, now()));
    const appended = await log.append(orderId, stream.length, events);
    if (appended.ok) return appended.value;
  }
  throw new ConcurrencyConflict(`Order ${orderId} kept changing while ${step} was to be recorded.`);
}
