/** Carries out a command: loads the order, decides, appends the events, and begins again when it lost a race. */
import { v5 } from 'uuid';
import type { OrderEvent, RecordedOrderEvent } from '../../published/order-events.ts';
import type { AppendOptions, CommandKnown } from '../../shared/event-log/port.ts';
import type { Actor } from '../../shared/kernel/events.ts';
import type { CorrelationId, EventId, OrderId } from '../../shared/kernel/ids.ts';
import { LOST_RACE, untilWon } from '../../shared/kernel/race.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import type { OrderCommand } from '../domain/decide/decide.ts';
import { decide } from '../domain/decide/decide.ts';
import { evolve } from '../domain/evolve.ts';
import type { Refusal } from '../domain/refusals.ts';
import { type ExistingOrder, NO_ORDER, type Order } from '../domain/state.ts';
import { type LoadDeps, loadOrder } from './load-order.ts';

/** A command with its caller and its cause. */
export interface CommandEnvelope {
  /** Names this command (a UUID): sent again, it has no second effect. */
  readonly id: string;
  /** A hash of the caller's request: the same id with another hash is refused. @default repetitions are not compared */
  readonly requestHash?: string;
  readonly command: OrderCommand;
  /** @default that of the event that the saga was started for */
  readonly correlationId?: CorrelationId;
  /**
   * The id of the request or event that led to the command. @default that of the event that the saga was started for
   */
  readonly causationId?: string;
  readonly actor: Actor;
  /** The version that the caller has read, if the command depends on it. */
  readonly expectedVersion?: number;
  /** Whether the caller may see the order; otherwise it does not exist for them. @default every order is visible */
  readonly isOpenTo?: (order: ExistingOrder) => boolean;
}

export type BusRefusal =
  | Refusal
  | { readonly kind: 'order-not-found' }
  /** The command's id belongs to another request. */
  | { readonly kind: 'command-reused' }
  /** The order is not, or no longer, at the version that the caller expects. */
  | { readonly kind: 'version-mismatch'; readonly expected: number; readonly actual: number };

export interface CommandBusDeps extends LoadDeps {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Resolves to the order as the command leaves it, or to why it was refused, in which case nothing was written. A command
 * that was carried out before resolves to the order as it is by now.
 * @throws ConcurrencyConflict after five lost races
 */
export async function dispatch(
  deps: CommandBusDeps,
  envelope: CommandEnvelope,
): Promise<Result<ExistingOrder, BusRefusal>> {
  const { id, command, expectedVersion, isOpenTo = () => true } = envelope;
  // A new order has no stream to read; should it have one, the append says so.
  let order: Order = command.type === 'CreateOrder' ? NO_ORDER : await load(deps, command, expectedVersion);
  const conflict = `Order ${command.orderId} kept changing while ${command.type} ${id} was to be carried out.`;
  return untilWon(conflict, async () => {
    if (command.type !== 'CreateOrder' && (order.status === 'none' || !isOpenTo(order))) {
      return refuse({ kind: 'order-not-found' });
    }
    const decision = decideAt(order, command, expectedVersion);
    if (!decision.ok) {
      // A repeated command is often refused because of its own first effect.
      const before = order.status === 'none' ? undefined : await carriedOutBefore(deps, envelope);
      return before && order.status !== 'none' ? repeated(before, envelope, order) : decision;
    }
    const events = recorded(decision.value, envelope, order, deps.now());
    const appended = await deps.log.append(command.orderId, versionOf(order), events, remembered(envelope));
    if (appended.ok) return accept(events.reduce<Order>(evolve, order) as ExistingOrder);
    order = await load(deps, command);
    if (appended.refusal.kind === 'command-known' && order.status !== 'none') {
      return repeated(appended.refusal, envelope, order);
    }
    return LOST_RACE;
  });
}

const versionOf = (order: Order): number => (order.status === 'none' ? 0 : order.version);

/** Decides on the version that the caller has read, and on no other. */
function decideAt(
  order: Order,
  command: OrderCommand,
  expected: number | undefined,
): Result<readonly OrderEvent[], BusRefusal> {
  const actual = versionOf(order);
  return expected === undefined || expected === actual
    ? decide(order, command)
    : refuse({ kind: 'version-mismatch', expected, actual });
}

const load = async (deps: CommandBusDeps, { orderId }: OrderCommand, knownVersion?: number): Promise<Order> =>
  (await loadOrder(deps, orderId, knownVersion)).order;

/**
 * Commands from the API are remembered by their ids. A new order is recognised by its own id, and a command of the
 * platform by its events.
 */
const remembered = ({ id, command, actor, requestHash }: CommandEnvelope): AppendOptions =>
  actor.type === 'system' || command.type === 'CreateOrder'
    ? {}
    : { commandId: id, ...(requestHash === undefined ? {} : { requestHash }) };

async function carriedOutBefore(
  { log }: CommandBusDeps,
  envelope: CommandEnvelope,
): Promise<CommandKnown<OrderId> | undefined> {
  const { commandId } = remembered(envelope);
  return commandId === undefined ? undefined : log.findCommand(commandId);
}

/** A command that was remembered without a hash counts as the same. */
function repeated(
  before: CommandKnown<OrderId>,
  { requestHash }: CommandEnvelope,
  order: ExistingOrder,
): Result<ExistingOrder, BusRefusal> {
  const isSame =
    before.id === order.orderId && (before.requestHash === undefined || before.requestHash === requestHash);
  return isSame ? accept(order) : refuse({ kind: 'command-reused' });
}

/**
 * The events as the stream will hold them. Their ids are made from the command's id, so a repetition makes the same
 * events.
 */
function recorded(
  events: readonly OrderEvent[],
  { id, command: { orderId }, actor, ...envelope }: CommandEnvelope,
  order: Order,
  now: number,
): RecordedOrderEvent[] {
  const { correlationId, causationId } = { ...(order.status === 'none' ? {} : order), ...envelope };
  if (correlationId === undefined || causationId === undefined) {
    throw new Error(`The command ${id} creates an order and does not say for which request.`);
  }
  const origin = { occurredAt: new Date(now).toISOString(), correlationId, causationId, actor, orderId };
  return events.map((event, index) => ({
    ...event,
    ...origin,
    eventId: v5(`${event.type}#${index}`, id) as EventId,
    version: versionOf(order) + index + 1,
  }));
}
