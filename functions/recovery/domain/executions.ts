/** The executions of an order's sagas, and how the API names them. Pure. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { itemsChangeRun, MACHINES, type Machine, type Run } from './unfinished-work.ts';

/** One execution of a run: the `count`-th, from 1. */
export interface Execution {
  readonly run: Run;
  readonly count: number;
}

/**
 * The runs that an order can have by now, in the order in which they begin: its saga, its changes of items, and its cancellation.
 * @param events a whole stream, which begins with `OrderCreated`
 */
export function runsOf(events: readonly RecordedOrderEvent[]): readonly Run[] {
  const orderId = events[0]!.orderId;
  const isHeld = events.some((event) => event.type === 'OrderCreated' && event.data.review !== undefined);
  const hasBegun = !isHeld || events.some(({ type }) => type === 'OrderApproved');
  const isCancelled = events.some(({ type }) => type === 'CancellationRequested' || type === 'OrderCancelled');
  return [
    ...(hasBegun ? [{ machine: 'order', name: orderId } satisfies Run] : []),
    ...events.flatMap((event) =>
      event.type === 'ItemsChangeRequested' ? [itemsChangeRun(orderId, event.data.changeId)] : [],
    ),
    ...(isCancelled ? [{ machine: 'cancellation', name: orderId } satisfies Run] : []),
  ];
}

/** The id of an execution among those of its order, such as `order.1` or `items-change.<changeId>.2`. */
export const executionIdOf = ({ run: { machine, changeId }, count }: Execution): string =>
  [machine, ...(changeId === undefined ? [] : [changeId]), count].join('.');

/** The execution of an order that an id names; undefined for a text that names none. */
export function parseExecutionId(orderId: OrderId, text: string): Execution | undefined {
  const [machine, ...others] = text.split('.');
  const changeId = machine === 'items-change' ? others.shift() : undefined;
  const [count, ...rest] = others;
  if (!isMachine(machine) || rest.length > 0 || !/^[1-9]\d{0,3}$/.test(count ?? '')) return undefined;
  if (machine !== 'items-change') return { run: { machine, name: orderId }, count: Number(count) };
  return isChangeId(changeId) ? { run: itemsChangeRun(orderId, changeId), count: Number(count) } : undefined;
}

const isMachine = (text: string | undefined): text is Machine => MACHINES.some((machine) => machine === text);

/** It becomes part of a name in Step Functions. */
const isChangeId = (text: string | undefined): text is string => /^[0-9a-zA-Z-]{1,36}$/.test(text ?? '');
