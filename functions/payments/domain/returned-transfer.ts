/** What the stream of an order says of a transfer that is to go back. Pure. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';

type Stream = readonly RecordedOrderEvent[];

/** The id of the task of the person who has to see to it, while that is not resolved. */
export function openTaskOf(wanted: string, stream: Stream): string | undefined {
  const resolved = new Set(stream.flatMap(({ type, data }) => (type === 'TaskResolved' ? [data.taskId] : [])));
  const opened = stream.findLast(
    ({ type, data }) => type === 'TaskOpened' && data.kind === 'transfer' && data.transferId === wanted,
  );
  return opened?.type === 'TaskOpened' && !resolved.has(opened.data.taskId) ? opened.data.taskId : undefined;
}

/** How often the bank may be asked to give it back: once more each time that a person wishes it. */
export const attemptsOf = (wanted: string, stream: Stream): number =>
  1 +
  stream.filter(({ type, data }) => type === 'TaskResumed' && data.kind === 'transfer' && data.transferId === wanted)
    .length;
