import { v5 } from 'uuid';
import type { TransferLog } from '../../published/transfer-log.ts';
import type { Actor } from '../../shared/kernel/events.ts';
import type { CorrelationId, EventId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { parseTransferId, type TransferEvent } from '../domain/transfer-events.ts';

/** Of ours alone: ids of events are made of it, of the bank's name of an entry and of the event's type. */
const NAMESPACE = '4f5d3c1a-6a5e-4d0e-9a43-0b8c6f0d7e21';

export interface TransferLogDeps {
  readonly transferLog: Pick<TransferLog, 'read' | 'append'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Records what has become of a transfer that quotes no reference of an order: each type of event once, however often it is asked.
 * @param actor who has decided it
 * @throws ConcurrencyConflict after five lost races
 */
export function recordTransferEvent(
  { transferLog, now }: TransferLogDeps,
  entryId: string,
  event: TransferEvent,
  actor: Actor,
): Promise<void> {
  const transferId = parseTransferId(entryId);
  const idOf = (type: string): string => v5(`${transferId}:${type}`, NAMESPACE);
  return untilWon(`The history of the transfer ${transferId} kept changing.`, async () => {
    const stream = await transferLog.read(transferId);
    if (stream.some(({ type }) => type === event.type)) return;
    const arrival = idOf('TransferUnmatched');
    const recorded = {
      ...event,
      eventId: idOf(event.type) as EventId,
      occurredAt: new Date(now()).toISOString(),
      correlationId: arrival as CorrelationId,
      causationId: stream.at(-1)?.eventId ?? arrival,
      actor,
    };
    return (await transferLog.append(transferId, stream.length, [recorded])).ok ? undefined : LOST_RACE;
  });
}
