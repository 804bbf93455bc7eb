/** Carries out a command on the stream of an order: loads, decides, appends, and begins again when it lost a race. */
import { v5 } from 'uuid';
import type { OrderEvent, RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderLog } from '../../published/order-log.ts';
import type { AppendOptions, CommandKnown, Consistency } from '../event-log/port.ts';
import type { Command } from '../kernel/command.ts';
import type { Actor } from '../kernel/events.ts';
import type { CorrelationId, EventId, OrderId } from '../kernel/ids.ts';
import { LOST_RACE, untilWon } from '../kernel/race.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { currentSpan } from '../trace/span.ts';

/** The request or the step that a command comes from. */
export interface CommandOrigin {
  /** Names this command (a UUID): sent again, it has no second effect. */
  readonly id: string;
  /** A hash of the caller's request: the same id with another hash is refused. @default repetitions are not compared */
  readonly requestHash?: string;
  /** @default that of the event that the saga was started for */
  readonly correlationId?: CorrelationId;
  /**
   * The id of the request or event that led to the command. @default that of the event that the saga was started for
   */
  readonly causationId?: string;
  readonly actor: Actor;
  /** The version that the caller has read, if the command depends on it. */
  readonly expectedVersion?: number;
}

/**
 * A command that depends on more than its request, such as prices: it is prepared for the order as it is, and not at all when it
 * was carried out before. See docs/decisions/0089-changes-and-refunds-risk-nothing-that-the-customer-has.md.
 */
export interface Unprepared<C extends Command, State> extends Pick<C, 'type' | 'orderId'> {
  /** Whatever it throws is thrown on, and nothing is written. */
  readonly prepare: (state: State) => Promise<C>;
}

/** A command with its caller and its cause. */
export interface Envelope<C extends Command, State> extends CommandOrigin {
  /** A command that creates an order is never prepared. */
  readonly command: C | Unprepared<C, State>;
  /** Whether the caller may see the order; otherwise it does not exist for them. @default every order is visible */
  readonly isOpenTo?: (state: State) => boolean;
}

/** An order as a context folds it from its stream. */
export interface Folded {
  readonly orderId: OrderId;
  /** Of the last event. */
  readonly version: number;
  /** Of the event that the present saga was started for. */
  readonly causationId: string;
  readonly correlationId: CorrelationId;
}

export interface LoadOptions {
  /** A version that the caller has seen. */
  readonly knownVersion?: number | undefined;
  readonly consistency: Consistency;
}

/** How a context decides its commands. The state is undefined while the order has no stream. */
export interface Deciding<C extends Command, State extends Folded, Refusal> {
  readonly load: (orderId: OrderId, options: LoadOptions) => Promise<State | undefined>;
  readonly decide: (state: State | undefined, command: C) => Result<readonly OrderEvent[], Refusal>;
  readonly evolve: (state: State | undefined, event: RecordedOrderEvent) => State;
  /** The command that begins the stream: its order is not loaded. @default none does */
  readonly creates?: C['type'];
}

export interface CommandDeps {
  readonly log: OrderLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Why a command is refused whatever it asks for. */
export type StreamRefusal =
  | { readonly kind: 'order-not-found' }
  /** The command's id belongs to another request. */
  | { readonly kind: 'command-reused' }
  /** The order is not, or no longer, at the version that the caller expects. */
  | { readonly kind: 'version-mismatch'; readonly expected: number; readonly actual: number };

/**
 * Resolves to the order as the command leaves it, or to why it was refused, in which case nothing was written. A command
 * that was carried out before resolves to the order as it is by now.
 * @throws ConcurrencyConflict after five lost races
 */
export async function carryOut<C extends Command, State extends Folded, Refusal>(
  { log, now }: CommandDeps,
  { load, decide, evolve, creates }: Deciding<C, State, Refusal>,
  envelope: Envelope<C, State>,
): Promise<Result<State, Refusal | StreamRefusal>> {
  const { id, command, expectedVersion, isOpenTo = () => true } = envelope;
  const { type, orderId } = command;
  const isVisible = (state: State | undefined): state is State => state !== undefined && isOpenTo(state);
  const isExpected = (version: number): boolean => expectedVersion === undefined || expectedVersion === version;
  const loaded = (consistency: Consistency) => load(orderId, { knownVersion: expectedVersion, consistency });
  const firstState = async (): Promise<State | undefined> => {
    if ('prepare' in command) return loaded('strong');
    const recent = await loaded('eventual');
    const decision = isVisible(recent) && isExpected(recent.version) ? decide(recent, command) : undefined;
    // Events that are decided on an old state are refused by the log. A refusal, and that nothing is to be done, nothing would check.
    return decision?.ok && decision.value.length > 0 ? recent : loaded('strong');
  };
  // A new order has no stream to read; should it have one, the append says so.
  let state = type === creates ? undefined : await firstState();
  if (state && envelope.actor.type === 'system') {
    currentSpan()?.isFor({ eventId: state.causationId, correlationId: state.correlationId });
  }
  const remembered = type === creates ? {} : rememberedAs(envelope);
  const before = async () =>
    remembered.commandId === undefined ? undefined : await log.findCommand(remembered.commandId);
  return untilWon(`Order ${orderId} kept changing while ${type} ${id} was to be carried out.`, async () => {
    if (type !== creates && !isVisible(state)) return refuse({ kind: 'order-not-found' } as const);
    const version = state?.version ?? 0;
    const isUnprepared = 'prepare' in command;
    const known = isUnprepared ? await before() : undefined;
    if (known && state) return repeated(known, envelope, state);
    // Decides on the version that the caller has read, and on no other.
    const decision =
      expectedVersion === undefined || expectedVersion === version
        ? decide(state, isUnprepared ? await command.prepare(state!) : command)
        : refuse({ kind: 'version-mismatch', expected: expectedVersion, actual: version } as const);
    if (!decision.ok) {
      // A repeated command is often refused because of its own first effect.
      const first = state && (await before());
      return first && state ? repeated(first, envelope, state) : decision;
    }
    const events = recorded(decision.value, envelope, state, now());
    const appended = await log.append(orderId, version, events, remembered);
    if (appended.ok) return accept(events.reduce<State | undefined>(evolve, state)!);
    state = await loaded('strong');
    if (appended.refusal.kind === 'command-known' && state) return repeated(appended.refusal, envelope, state);
    return LOST_RACE;
  });
}

/**
 * Commands from the API are remembered by their ids. A new order is recognised by its own id, and a command of the
 * platform by its events.
 */
const rememberedAs = ({ id, actor, requestHash }: CommandOrigin): AppendOptions =>
  actor.type === 'system' ? {} : { commandId: id, ...(requestHash === undefined ? {} : { requestHash }) };

/** A command that was remembered without a hash counts as the same. */
function repeated<State extends Folded>(
  before: CommandKnown<OrderId>,
  { requestHash }: CommandOrigin,
  state: State,
): Result<State, StreamRefusal> {
  const isSame =
    before.id === state.orderId && (before.requestHash === undefined || before.requestHash === requestHash);
  return isSame ? accept(state) : refuse({ kind: 'command-reused' });
}

/** The platform's commands keep their ids: one that is carried out several times can open or resolve a task each time. */
const nameOf = ({ data }: OrderEvent, index: number): string | number => ('taskId' in data ? data.taskId : index);

/**
 * The events as the stream will hold them. Their ids are made from the command's id, so a repetition makes the same
 * events.
 */
function recorded(
  events: readonly OrderEvent[],
  { id, command: { orderId }, actor, ...origin }: Envelope<Command, never>,
  state: Folded | undefined,
  now: number,
): RecordedOrderEvent[] {
  const { correlationId, causationId } = { ...state, ...origin };
  if (correlationId === undefined || causationId === undefined) {
    throw new Error(`The command ${id} creates an order and does not say for which request.`);
  }
  const common = { occurredAt: new Date(now).toISOString(), correlationId, causationId, actor, orderId };
  return events.map((event, index) => ({
    ...event,
    ...common,
    eventId: v5(`${event.type}#${nameOf(event, index)}`, id) as EventId,
    version: (state?.version ?? 0) + index + 1,
  }));
}
