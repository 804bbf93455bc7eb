import type { AwsService, Deliver, JsonObject, ServiceContext } from '../contracts.ts';
import type { BusDefinition, EventEnvelope, PutEventsEntry, RuleDefinition, ServiceEvent } from './rule.ts';

export class EventsService implements AwsService {
  constructor(_ctx: ServiceContext, _deliver: Deliver) {}
  defineBus(_bus: BusDefinition): void {}
  defineRule(_rule: RuleDefinition): void {}
  async putEvents(_entries: readonly PutEventsEntry[]): Promise<JsonObject> { throw new Error('in work'); }
  /** An event of an AWS service (such as aws.states) on the default bus: free, and any source is allowed. */
  async publishServiceEvent(_event: ServiceEvent): Promise<void> {}
  /** Takes up deliveries that were pending when the process ended; call it when every target exists. */
  resume(): void {}
  subscribe(_listener: (event: EventEnvelope, busName: string) => void): () => void { throw new Error('in work'); }
  async handle(_operation: string, _input: JsonObject): Promise<JsonObject> { throw new Error('in work'); }
  close(): void {}
}
