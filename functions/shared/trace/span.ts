import { AsyncLocalStorage } from 'node:async_hooks';
import type { Event, NewEvent } from '../kernel/events.ts';
import {
  newSpanId,
  newTraceId,
  recordingSpanIdOf,
  spanIdOf,
  type TraceContext,
  traceIdOf,
  traceparentOf,
} from './trace-context.ts';

/** A part of a span that is a span itself: a call to a partner, or a further append to an order's stream. */
export interface SpanPart {
  readonly id: string;
  readonly name: string;
  /** Milliseconds after the beginning of the span. */
  readonly at: number;
  readonly ms: number;
  /** Of a call; an append has none. */
  readonly outcome?: string;
  /** Of a call that was tried more than once. */
  readonly tries?: number;
}

/** A piece of work as the log line about it says it under `span`. It ended when the line was written; its trace is that of the line's order. */
export interface SpanFields {
  readonly id: string;
  readonly parent?: string;
  /** Of work for no order. */
  readonly trace?: string;
  readonly ms: number;
  /** How long the work had waited before, in a queue, in the outbox or at the API, in milliseconds. */
  readonly waited?: number;
  /** The `traceparent` of the request: what the client's own trace is called. */
  readonly link?: string;
  readonly parts?: readonly SpanPart[];
}

export interface SpanOptions {
  readonly orderId?: string | undefined;
  /** The span that led to this one. @default none is known */
  readonly parent?: string | undefined;
  readonly client?: TraceContext | undefined;
  /** Milliseconds. @default it did not wait */
  readonly waited?: number | undefined;
  /** Milliseconds since any moment. @default those of this process */
  readonly now?: () => number;
}

/** An append to the stream of an order. */
export interface Recording {
  readonly orderId: string;
  readonly correlationId: string;
  readonly id: string;
  readonly at: number;
  readonly types: readonly string[];
}

type RecordedOrderEvent = Pick<NewEvent<Event>, 'type' | 'causationId' | 'actor' | 'occurredAt' | 'correlationId'> & {
  readonly orderId: string;
};

/** The event of an order that led to some work. */
export type Cause = Pick<NewEvent<Event>, 'correlationId'> & { readonly eventId: string };

/** Whether an event is one of an order's stream: articles and transfers have streams as well, and no traces. */
export const isOfOrder = <E extends object>(event: E): event is E & { readonly orderId: string } =>
  'orderId' in event && typeof event.orderId === 'string';

/** What is measured of one piece of work, such as a step of a saga, so that the trace of its order can be put together. */
export class Span {
  /** The order that the work is for, once that is known. */
  orderId: string | undefined;
  /** The span that led to this one, once that is known. */
  parent: string | undefined;
  /** Of what the work is done for, once that is known. */
  correlationId: string | undefined;
  readonly client: TraceContext | undefined;
  readonly #waited: number | undefined;
  readonly #now: () => number;
  readonly #begun: number;
  readonly #calls: SpanPart[] = [];
  readonly #recordings = new Map<string, Recording>();

  constructor({ orderId, parent, client, waited, now = () => performance.now() }: SpanOptions = {}) {
    this.orderId = orderId;
    this.parent = parent;
    this.client = client;
    this.#waited = waited;
    this.#now = now;
    this.#begun = now();
  }

  /**
   * Says for which event of its order the work is done: for the first one that is named, unless another is named `surely`.
   * What a message or a request says comes before what is found out later.
   */
  isFor({ eventId, correlationId }: Cause, how: 'perhaps' | 'surely' = 'perhaps'): void {
    if (how === 'surely' || this.parent === undefined) this.parent = spanIdOf(eventId);
    if (how === 'surely' || this.correlationId === undefined) this.correlationId = correlationId;
  }

  /** Notes that an event is about to be recorded. Which span that was, whoever has the event finds out. */
  records({ type, orderId, correlationId, ...event }: RecordedOrderEvent): void {
    const id = recordingSpanIdOf(event);
    const { at = this.#elapsed(), types = [] } = this.#recordings.get(id) ?? {};
    this.orderId ??= orderId;
    this.#recordings.set(id, { orderId, correlationId, id, at, types: [...types, type] });
  }

  /** Begins a call to a partner. `traceparent` is its header; undefined when the work is for no order. */
  call(name: string): {
    readonly traceparent: string | undefined;
    readonly ended: (outcome: string, tries: number) => void;
  } {
    const [id, at] = [newSpanId(), this.#elapsed()];
    return {
      traceparent: this.orderId && traceparentOf({ traceId: traceIdOf(this.orderId), spanId: id, sampled: true }),
      ended: (outcome, tries) =>
        void this.#calls.push({
          id,
          name,
          at,
          ms: this.since(at),
          outcome,
          ...(tries > 1 ? { tries } : {}),
        }),
    };
  }

  /** What was recorded, of one order after the other. */
  get recordings(): readonly Recording[] {
    return [...this.#recordings.values()];
  }

  /** Milliseconds from then, which was `at` milliseconds after the beginning, until now. */
  since(at: number): number {
    return rounded(this.#elapsed() - at);
  }

  /** For the log line at the end. */
  fields(): SpanFields {
    // What is recorded says by its own fields who recorded it: the span has the id that follows from them.
    const [first, ...further] = this.recordings;
    const appends = further.map(({ id, at, types }) => ({ id, name: types.join(', '), at, ms: 0 }));
    const parts = [...this.#calls, ...appends].sort((one, other) => one.at - other.at);
    const parent = this.parent ?? (this.orderId === undefined ? this.client?.spanId : undefined);
    return {
      id: first?.id ?? newSpanId(),
      ...(parent === undefined ? {} : { parent }),
      ...(this.orderId === undefined ? { trace: this.client?.traceId ?? newTraceId() } : {}),
      ms: this.#elapsed(),
      ...(this.#waited === undefined ? {} : { waited: Math.max(0, Math.round(this.#waited)) }),
      ...(this.orderId !== undefined && this.client ? { link: traceparentOf(this.client) } : {}),
      ...(parts.length > 0 ? { parts } : {}),
    };
  }

  #elapsed(): number {
    return rounded(this.#now() - this.#begun);
  }
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

const spans = new AsyncLocalStorage<Span>();

/** The span that the caller is part of; undefined outside of any. */
export const currentSpan = (): Span | undefined => spans.getStore();

/** Does `work` as a part of the span. */
export const inSpan = <Result>(span: Span, work: () => Result): Result => spans.run(span, work);
