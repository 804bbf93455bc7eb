/** What is left to undo of a cancelled order, as its stream says. Pure. */
import {
  COMPENSATIONS,
  type Compensation,
  type OrderEventType,
  type RecordedOrderEvent,
} from '../../published/order-events.ts';
import { tasksOf } from './tasks-of-order.ts';

export interface UnfinishedUndo {
  /** How often a person had the platform try again what is left. */
  readonly resumed: number;
}

/** The events that say that a compensation is done; some compensations find nothing to undo, and record none. */
const DONE: Readonly<Record<Compensation, readonly OrderEventType[]>> = {
  CancelShipment: ['ShipmentCancelled'],
  VoidPayment: ['PaymentVoided', 'PaymentRefunded'],
  ReleaseInventory: ['InventoryReleased'],
};

/**
 * An order is cancelled before all of it is undone: its saga waits for the rest. What is a task that no person has resumed is theirs; so is what was done and
 * is not any more, such as a refund that has failed later.
 * @param events a whole stream; undefined when nothing is left, or nothing that the platform has to do
 */
export function unfinishedUndo(events: readonly RecordedOrderEvent[]): UnfinishedUndo | undefined {
  const cancelledAt = events.findIndex(({ type }) => type === 'OrderCancelled');
  const cancelled = events[cancelledAt];
  if (cancelled?.type !== 'OrderCancelled') return undefined;
  const tasks = tasksOf(events)?.tasks.filter(({ kind }) => kind === 'compensation') ?? [];
  const left = COMPENSATIONS.filter((step) => {
    const ofStep = tasks.filter((task) => task.step === step);
    const open = ofStep.find(({ resolved }) => !resolved);
    if (!open && (ofStep.length > 0 || !cancelled.data.parked.includes(step))) return false;
    if (open && open.resumed === undefined) return false;
    // A task can be younger than what was done before.
    const openedAt = events.findIndex(({ type, data }) => type === 'TaskOpened' && data.taskId === open?.taskId);
    const since = events.slice(Math.max(cancelledAt, openedAt) + 1).map(({ type }) => type);
    return !DONE[step].some((type) => since.includes(type));
  });
  const isResumeOfLeft = ({ type, data }: RecordedOrderEvent): boolean =>
    type === 'TaskResumed' && left.some((step) => step === data.step);
  return left.length === 0 ? undefined : { resumed: events.filter(isResumeOfLeft).length };
}
