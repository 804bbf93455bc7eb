import { v5 } from 'uuid';
import type { EventPublisher, PublishedEvent } from '../../event-log/port.ts';
import type { PartnerStore } from '../ports.ts';
import type { Circuit, StateChange } from './circuit.ts';

/** A change is published with the same id each time. */
const CIRCUIT_CHANGES = '6f0c4a3e-2f55-4b9e-9a57-0c1c2b7f6a11';

const EVENT_TYPES = { open: 'CircuitOpened', 'half-open': 'CircuitHalfOpened', closed: 'CircuitClosed' } as const;

/**
 * Publishes the changes of a circuit's state that are not published yet, oldest first: the entry of the circuit is their outbox. A
 * change can be published more than once, with the same id.
 * See docs/decisions/0067-one-circuit-for-all-function-instances.md.
 */
export async function announceChanges(store: PartnerStore, publisher: EventPublisher, partner: string): Promise<void> {
  const { circuit, version } = await store.read(partner);
  if (circuit.unannounced.length === 0) return;
  const events = circuit.unannounced.map((change) => eventOf(partner, change));
  const [firstLeft] = await publisher.publish(events);
  const count =
    firstLeft === undefined ? events.length : events.findIndex(({ eventId }) => eventId === firstLeft.eventId);
  const last = circuit.unannounced[count - 1];
  if (last === undefined) return;
  const replaced = await store.replaceCircuit(partner, without(circuit, last), version);
  // A change that came meanwhile keeps the entry; the next announcement clears it if this one does not.
  if (!replaced.ok) {
    await store.replaceCircuit(partner, without(replaced.refusal.circuit, last), replaced.refusal.version);
  }
}

const without = (circuit: Circuit, { epoch }: StateChange): Circuit => ({
  ...circuit,
  unannounced: circuit.unannounced.filter((change) => change.epoch > epoch),
});

const eventOf = (partner: string, { epoch, state, at }: StateChange): PublishedEvent => ({
  type: EVENT_TYPES[state],
  eventId: v5(`${partner}:${epoch}:${at}`, CIRCUIT_CHANGES),
  occurredAt: new Date(at).toISOString(),
  data: { partner },
});
