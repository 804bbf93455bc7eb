/** The way through the whole log when a read model is built again. */
import type { Event } from '../kernel/events.ts';
import type { EventStream, EventStreams } from './port.ts';

/** The progress of one batch. */
export interface Batch<Id extends string> {
  readonly streams: number;
  readonly events: number;
  /** The position to continue at: the last aggregate of the batch. */
  readonly after: Id;
}

/** The number of streams that are written at the same time. */
const BATCH = 64;

/**
 * Hands every stream of the log to `write` once, batch by batch.
 * @param after continues after this aggregate of an earlier, interrupted run
 */
export async function* inBatches<E extends Event, IdField extends string, Id extends string>(
  log: EventStreams<E, IdField, Id>,
  after: Id | undefined,
  write: (stream: EventStream<E, IdField, Id>) => Promise<void>,
): AsyncIterable<Batch<Id>> {
  let batch: EventStream<E, IdField, Id>[] = [];
  for await (const stream of log.readAll(after === undefined ? {} : { after })) {
    batch.push(stream);
    if (batch.length < BATCH) continue;
    yield await written(batch, write);
    batch = [];
  }
  if (batch.length > 0) yield await written(batch, write);
}

async function written<E extends Event, IdField extends string, Id extends string>(
  batch: readonly EventStream<E, IdField, Id>[],
  write: (stream: EventStream<E, IdField, Id>) => Promise<void>,
): Promise<Batch<Id>> {
  await Promise.all(batch.map(write));
  const events = batch.reduce((sum, stream) => sum + stream.events.length, 0);
  return { streams: batch.length, events, after: batch.at(-1)!.id };
}
