import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCES } from '../../published/event-sources.ts';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import type { EventPublisher } from '../application/ports.ts';
import type { PublishedOrderEvent } from '../domain/published.ts';

/** EventBridge takes ten entries a call. */
const BATCH = 10;

export class EventBridgePublisher implements EventPublisher {
  readonly #client: EventBridgeClient;
  readonly #bus: string;

  constructor(busName: string, client = sdkClient(EventBridgeClient, {})) {
    this.#client = client;
    this.#bus = busName;
  }

  async publish(events: readonly PublishedOrderEvent[]): Promise<readonly PublishedOrderEvent[]> {
    for (let start = 0; start < events.length; start += BATCH) {
      const batch = events.slice(start, start + BATCH);
      const { FailedEntryCount = 0, Entries = [] } = await this.#client.send(
        new PutEventsCommand({
          Entries: batch.map((event) => ({
            EventBusName: this.#bus,
            Source: EVENT_SOURCES.orders,
            DetailType: event.type,
            Time: new Date(event.occurredAt),
            Detail: JSON.stringify(event),
          })),
        }),
      );
      if (FailedEntryCount > 0) {
        const failed = batch.filter((_, index) => Entries[index]?.ErrorCode !== undefined);
        return [...failed, ...events.slice(start + BATCH)];
      }
    }
    return [];
  }
}
