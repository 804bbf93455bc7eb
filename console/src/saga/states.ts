import type { Order, OrderEvent } from '../api/types.ts';
import type { SagaDefinition, SagaState } from './definition.ts';

/**
 * What became of a state, as the order's own log tells it: that is kept when the execution's history is gone.
 * - `undone`: it was done, and a compensation has taken it back
 * - `failed`: it was refused, or a person has to see to it
 */
export type Progress = 'untouched' | 'done' | 'running' | 'waiting' | 'failed' | 'undone';

export interface Delay {
  readonly partner: string;
  readonly error: string;
  readonly until: string;
  readonly since: string;
}

export interface StateView {
  readonly state: SagaState;
  readonly progress: Progress;
  /** The events that the state has recorded, oldest first. */
  readonly events: readonly OrderEvent[];
  /** Why it waits, or has waited. */
  readonly delay?: Delay;
  /** The error of the last attempt, or the reason of the cancellation that it led to. */
  readonly error?: string;
}

type KnownOrder = Pick<Order, 'status' | 'reason' | 'parkedCompensations'>;

/** A state of which an order's cancellation is the consequence, in the order in which they run. */
const FAILED_BY: Readonly<Record<string, readonly string[]>> = {
  out_of_stock: ['ReserveInventory'],
  backorder_expired: ['ReserveInventory'],
  reservation_expired: ['ReserveInventory'],
  inventory_unavailable: ['ReserveInventory'],
  payment_declined: ['AuthorisePayment', 'CapturePayment'],
  payment_not_made: ['AuthorisePayment'],
  payment_unavailable: ['AuthorisePayment', 'CapturePayment'],
  address_refused: ['CreateShipment'],
  carrier_unavailable: ['CreateShipment'],
};

/** What takes a state's effect back, by the state that does it. */
const UNDONE_BY: Readonly<Record<string, readonly string[]>> = {
  ReleaseInventory: ['ReserveInventory'],
  VoidPayment: ['AuthorisePayment', 'CapturePayment'],
  CancelShipment: ['CreateShipment'],
};

/** What a state records beside its success. */
const NOT_DONE: ReadonlySet<string> = new Set([
  'StepDelayed',
  'PaymentDeclined',
  'PaymentActionRequired',
  'OrderBackordered',
  'UnitsRemoved',
  'TaskOpened',
  'TaskResolved',
]);

const IN_MOTION: ReadonlySet<string> = new Set([
  'created',
  'inventory_reserved',
  'payment_pending',
  'payment_completed',
  'payment_failed',
  'cancelling',
]);

/** @param events of the order, oldest first */
export function statesOf(
  { states, startAt }: SagaDefinition,
  events: readonly OrderEvent[],
  order: KnownOrder,
): readonly StateView[] {
  const eventsOf = (name: string) => events.filter(({ actor }) => actor.type === 'system' && actor.id === name);
  const done = new Set(
    states.filter(({ name }) => eventsOf(name).some(({ type }) => !NOT_DONE.has(type))).map((s) => s.name),
  );
  const undone = new Set([...done].flatMap((name) => UNDONE_BY[name] ?? []).filter((name) => done.has(name)));
  const refused = (FAILED_BY[order.reason ?? ''] ?? []).find((name) => !done.has(name));
  const delays = delaysIn(states, events);
  const parked = new Map((order.parkedCompensations ?? []).map(({ step, error }) => [step as string, error]));
  const isHeldUp = [...delays.values()].some(({ open }) => open) || parked.size > 0;
  const running = isHeldUp || !IN_MOTION.has(order.status) ? undefined : nextOf(startAt, states, done, order.status);

  const progressOf = (state: SagaState): Progress => {
    if (delays.get(state.name)?.open) return 'waiting';
    if (parked.has(state.name) || state.name === refused) return 'failed';
    if (undone.has(state.name)) return 'undone';
    if (done.has(state.name) || (state.waits && delays.has(state.name))) return 'done';
    return state.name === running ? 'running' : 'untouched';
  };
  return states.map((state) => {
    const delay = delays.get(state.name)?.delay;
    const error = parked.get(state.name) ?? (state.name === refused ? order.reason : undefined);
    return {
      state,
      progress: progressOf(state),
      events: eventsOf(state.name),
      ...(delay ? { delay } : {}),
      ...(error === undefined ? {} : { error }),
    };
  });
}

interface KnownDelay {
  readonly delay: Delay;
  /** Whether the step has not got on since. */
  readonly open: boolean;
}

/** The waits, under the name of the step and under that of the state in which it waits. */
function delaysIn(states: readonly SagaState[], events: readonly OrderEvent[]): ReadonlyMap<string, KnownDelay> {
  const known = new Map<string, KnownDelay>();
  events.forEach((event, index) => {
    if (event.type !== 'StepDelayed') return;
    const { step, partner, error, until } = event.data as Record<'step' | 'partner' | 'error' | 'until', string>;
    const later = events.slice(index + 1);
    const open = !later.some(
      ({ actor, type, data }) =>
        (actor.id === step && type !== 'StepDelayed') ||
        type === 'CancellationRequested' ||
        (type === 'OrderCancelled' && !isCompensation(states, step)) ||
        (type === 'TaskResolved' && data.step === step),
    );
    const delay = { delay: { partner, error, until, since: event.occurredAt }, open };
    known.set(step, delay);
    const waiting = waitOf(states, step, error);
    if (waiting !== undefined) known.set(waiting, delay);
  });
  return known;
}

const isCompensation = (states: readonly SagaState[], step: string): boolean =>
  !states.some(({ waits, next }) => waits && next === step) || UNDONE_BY[step] !== undefined;

/** The state in which a step waits after an error, as the definition says. */
export function waitOf(states: readonly SagaState[], step: string, error: string): string | undefined {
  const waits = new Set(states.filter((state) => state.waits).map(({ name }) => name));
  const caught = states.find(({ name }) => name === step)?.caught.filter(({ next }) => waits.has(next)) ?? [];
  const named = caught.find(({ errors }) => errors.includes(error)) ?? caught.at(-1);
  if (named) return named.next;
  // A compensation goes on with the next one; what is unfinished at the end waits together.
  return states.flatMap((state) => state.caught).find(({ errors }) => errors.includes('CompensationUnfinished'))?.next;
}

/** The first state on the way that is not done. */
function nextOf(
  startAt: string,
  states: readonly SagaState[],
  done: ReadonlySet<string>,
  status: string,
): string | undefined {
  const byName = new Map(states.map((state) => [state.name, state]));
  const way = status === 'cancelling' ? undoWayOf(states, done) : startAt;
  let at = way === undefined ? undefined : byName.get(way);
  while (at && done.has(at.name)) at = at.next === undefined ? undefined : byName.get(at.next);
  return at?.name;
}

/** The last compensation that is done, or the first of all. */
function undoWayOf(states: readonly SagaState[], done: ReadonlySet<string>): string | undefined {
  const undos = states.filter(({ name }) => UNDONE_BY[name] !== undefined);
  return (undos.findLast(({ name }) => done.has(name)) ?? undos[0])?.name;
}
