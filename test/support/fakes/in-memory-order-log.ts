import type { NewOrderEvent, RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import type {
  AllOrderStreams,
  AppendOptions,
  CommandKnown,
  OrderLog,
  OrderStream,
  ReadAllOptions,
  VersionConflict,
} from '../../../functions/shared/event-log/port.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { accept, type Result, refuse } from '../../../functions/shared/kernel/result.ts';

/** The log in memory, for tests of what stands on it; it passes the same contract suite as the real one. */
export class InMemoryOrderLog implements OrderLog, AllOrderStreams {
  readonly #streams = new Map<OrderId, RecordedOrderEvent[]>();
  readonly #commands = new Map<string, CommandKnown>();

  async read(orderId: OrderId, fromVersion = 1, limit = Number.POSITIVE_INFINITY): Promise<RecordedOrderEvent[]> {
    return structuredClone((this.#streams.get(orderId) ?? []).slice(fromVersion - 1, fromVersion - 1 + limit));
  }

  async readLast(orderId: OrderId, limit: number): Promise<RecordedOrderEvent[]> {
    return structuredClone((this.#streams.get(orderId) ?? []).slice(-limit));
  }

  async append(
    orderId: OrderId,
    expectedVersion: number,
    events: readonly NewOrderEvent[],
    { commandId, ...request }: AppendOptions = {},
  ): Promise<Result<number, VersionConflict | CommandKnown>> {
    const known = commandId === undefined ? undefined : this.#commands.get(commandId);
    if (known) return refuse(known);
    const stream = this.#streams.get(orderId) ?? [];
    if (events.length > 0 && stream.length !== expectedVersion) return refuse({ kind: 'version-conflict' });
    const version = expectedVersion + events.length;
    if (events.length > 0) {
      this.#streams.set(orderId, [
        ...stream,
        ...events.map((event, index) => ({ ...event, orderId, version: expectedVersion + index + 1 })),
      ]);
    }
    if (commandId !== undefined) this.#commands.set(commandId, { kind: 'command-known', orderId, version, ...request });
    return accept(version);
  }

  async findCommand(commandId: string): Promise<CommandKnown | undefined> {
    return this.#commands.get(commandId);
  }

  async *readAll({ segment = { index: 0, of: 1 }, after }: ReadAllOptions = {}): AsyncIterable<OrderStream> {
    for (const orderId of [...this.#streams.keys()].sort()) {
      const inSegment = Number.parseInt(orderId.slice(-4), 16) % segment.of === segment.index;
      if (inSegment && (after === undefined || orderId > after)) yield { orderId, events: await this.read(orderId) };
    }
  }
}
