import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { sdkClient } from '../edge/sdk-client.ts';
import type { EventPublisher, PublishedEvent } from './port.ts';

/** EventBridge takes ten entries a call. */
const BATCH = 10;

export class EventBridgePublisher implements EventPublisher {
  readonly #client: EventBridgeClient;
  readonly #bus: string;
  readonly #source: string;

  /** @param source what rules choose the events by, such as `waybill.orders` */
  constructor(busName: string, source: string, client = sdkClient(EventBridgeClient, {})) {
    this.#client = client;
    this.#bus = busName;
    this.#source = source;
  }

  async publish(events: readonly PublishedEvent[]): Promise<readonly PublishedEvent[]> {
    for (let start = 0; start < events.length; start += BATCH) {
      const batch = events.slice(start, start + BATCH);
      const { FailedEntryCount = 0, Entries = [] } = await this.#client.send(
        new PutEventsCommand({
          Entries: batch.map((event) => ({
            EventBusName: this.#bus,
            Source: this.#source,
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
