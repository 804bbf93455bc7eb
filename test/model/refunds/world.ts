/** A confirmed order of whose payment money goes back, with its channel and what is still to be delivered: all of it plain data. */
import { decide, type OrderCommand } from '../../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import type { PaymentGateway } from '../../../functions/payments/application/ports.ts';
import type { OrderEvent, RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import type { OrderLog } from '../../../functions/published/order-log.ts';
import { givenBack } from '../../../functions/published/order-refunds.ts';
import { factId } from '../../../functions/shared/kernel/ids.ts';
import { HAPPY_PATH, newEvent, ORDER_ID, streamOf } from '../../support/orders/streams.ts';
import type { Tried } from './channel.ts';

/** How often things may still happen that need not. */
export interface Budget {
  readonly requests: number;
  readonly failures: number;
  readonly wishes: number;
  readonly dashboards: number;
  readonly outsides: number;
  readonly cancellations: number;
  readonly faults: number;
}

export interface World {
  readonly events: readonly RecordedOrderEvent[];
  readonly tried: readonly Tried[];
  /** The channel has something to tell and has not. */
  readonly untold: boolean;
  /** The versions of the events whose consumers have not succeeded yet. */
  readonly messages: readonly number[];
  readonly left: Budget;
}

/** What a mutant changes; the platform as it is changes nothing. */
export interface Wrong {
  readonly gateway?: (channel: PaymentGateway) => PaymentGateway;
  /** What is written instead of these events; nothing when it is empty. */
  readonly written?: (events: readonly OrderEvent[]) => readonly OrderEvent[];
  /** As the deciders see the stream. */
  readonly seen?: (events: readonly RecordedOrderEvent[]) => readonly RecordedOrderEvent[];
  readonly ignores?: readonly OrderEvent['type'][];
  /** What was read before is as good as what is there now. */
  readonly records?: 'whatever came first';
}

export const firstWorld = (left: Budget): World => ({
  events: streamOf(HAPPY_PATH),
  tried: [],
  untold: false,
  messages: [],
  left,
});

const CONSUMED: readonly OrderEvent['type'][] = [
  'RefundRequested',
  'TaskResumed',
  'PaymentNotified',
  'CancellationRequested',
  'OrderCancelled',
];

/** With these events at the end, and a message for each that somebody consumes. */
export function withEvents(world: World, added: readonly RecordedOrderEvent[]): World {
  const messages = added.filter(({ type }) => CONSUMED.includes(type)).map(({ version }) => version);
  return { ...world, events: [...world.events, ...added], messages: [...world.messages, ...messages] };
}

/** What somebody outside has decided or told. */
export const recorded = (world: World, ...events: readonly OrderEvent[]): World =>
  withEvents(
    world,
    events.map((event, index) => {
      const version = world.events.length + index + 1;
      const name = `outside ${version}`;
      return { ...newEvent(event), eventId: factId(ORDER_ID, name), orderId: ORDER_ID, version };
    }),
  );

/** Undefined when it is refused, or changes nothing. */
export function commanded(
  world: World,
  command: OrderCommand,
  { seen = (events) => events }: Wrong,
): World | undefined {
  const decision = decide(fold(seen(world.events)), command);
  return decision.ok && decision.value.length > 0 ? recorded(world, ...decision.value) : undefined;
}

export const openTask = ({ events }: World, kind: 'refund' | 'compensation') => {
  const resolved = new Set(events.flatMap((event) => (event.type === 'TaskResolved' ? [event.data.taskId] : [])));
  const open = events.filter(
    (event) => event.type === 'TaskOpened' && event.data.kind === kind && !resolved.has(event.data.taskId),
  );
  return open.flatMap((event) => (event.type === 'TaskOpened' ? [event.data] : []));
};

/** What is on record as given back, here or outside, and what is to be given back, in minor units. */
export const promised = (events: readonly RecordedOrderEvent[]): number =>
  (fold(events) as ExistingOrder).refunds
    .filter(({ refundId, status, outside }) => (status === 'requested' && !isTriedAgain(events, refundId)) || outside)
    .reduce((sum, { amount }) => sum + amount.amount, givenBack(events));

/** Whatever a person has tried again is promised beside what was requested since: the first of them that is made ends the other. */
const isTriedAgain = (events: readonly RecordedOrderEvent[], refundId: string): boolean =>
  events.some(({ type, data }) => type === 'TaskResumed' && data.refundId === refundId);

/** The log over the events of a world; who writes to it may die before. */
export class WorldLog {
  world: World;
  readonly #wrong: Wrong;
  #dies: number | undefined;

  /** @param dies before which append, from 0 on. @default never */
  constructor(world: World, wrong: Wrong, dies?: number) {
    this.world = world;
    this.#wrong = wrong;
    this.#dies = dies;
  }

  get port(): OrderLog {
    const read = async (_: unknown, from = 1): Promise<RecordedOrderEvent[]> => this.world.events.slice(from - 1);
    const append = async (_: unknown, tail: number, events: readonly OrderEvent[]) => {
      if (this.#dies === 0) throw new Error('It died.');
      if (this.#dies !== undefined) this.#dies -= 1;
      if (tail !== this.world.events.length && !this.#wrong.records) {
        return { ok: false, refusal: { kind: 'version-conflict' } };
      }
      const written = this.#wrong.written?.(events) ?? events;
      const added = written.map(
        (event, index) =>
          ({ ...event, orderId: ORDER_ID, version: this.world.events.length + index + 1 }) as RecordedOrderEvent,
      );
      this.world = withEvents(this.world, added);
      return { ok: true, value: this.world.events.length };
    };
    return { read, append } as unknown as OrderLog;
  }
}
