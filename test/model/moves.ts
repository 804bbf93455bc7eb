/** Everything that can happen next in a world: to its sagas, to calls that nobody waits for, and from outside. */
import type { TaskState } from '../support/saga/definition.ts';
import { type Execution, failed, inputOf, isWait, type Machines, started, succeeded } from './machine.ts';
import { type Call, has, type Order, type World, withFact } from './order.ts';
import { NOT_SENT, type Outside } from './outside.ts';
import type { Step } from './steps.ts';

export interface Model {
  readonly machines: Machines;
  readonly steps: Readonly<Record<string, Step>>;
  readonly outside: Outside;
  /** All goods are still to come. @default they are there from the beginning */
  readonly goodsComeLater?: true;
}

export interface Move {
  readonly name: string;
  readonly to: World;
  /** It happens by itself, sooner or later. Faults, wishes of people and limits of waits need not. */
  readonly isProgress: boolean;
}

/** A change of one order, and of the free units with it. */
interface Change {
  readonly name: string;
  readonly order: Order;
  readonly free?: number;
  readonly faults?: number;
  readonly isProgress?: boolean;
}

/** Errors of a call that had no effect: one that is retried, one that is not, one of a partner whose circuit is open. */
const THROWN = ['DependencyUnavailable', 'Runtime.ExitError'] as const;
const LOST_ANSWER = 'Lambda.Unknown';
const TIMEOUT = 'States.Timeout';
const AT_A_PARTNER = ['AuthorisePayment', 'CreateShipment', 'CapturePayment', 'CancelShipment', 'VoidPayment'];

export async function movesOf(model: Model, world: World): Promise<Move[]> {
  const moves: Move[] = [];
  if (world.coming > 0) {
    const to = { ...world, free: world.free + 1, coming: world.coming - 1 };
    moves.push({ name: 'goods come', to, isProgress: false });
  }
  for (const [index, order] of world.orders.entries()) {
    if (index > 0 && JSON.stringify(world.orders[index - 1]) === JSON.stringify(order)) continue;
    for (const change of await changesOf(model, world, order)) {
      const orders = world.orders.with(index, change.order);
      moves.push({
        name: change.name,
        isProgress: change.isProgress ?? change.faults === undefined,
        to: {
          ...world,
          free: change.free ?? world.free,
          orders: inOrder(orders),
          faults: world.faults - (change.faults ?? 0),
        },
      });
    }
  }
  return moves;
}

/** Orders are alike: a world and its mirror image are one. */
const inOrder = (orders: readonly Order[]): readonly Order[] =>
  orders
    .map((order) => [JSON.stringify(order), order] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, order]) => order);

async function changesOf(model: Model, world: World, order: Order): Promise<readonly Change[]> {
  const changes = [...fromOutside(model.outside, world.free, order)];
  for (const [index, execution] of order.executions.entries()) {
    if (execution.state === undefined) continue;
    const put = (next: Execution, of: Order = order): Order => ({ ...of, executions: of.executions.with(index, next) });
    const state = model.machines[execution.machine][execution.state];
    if (!state) throw new Error(`The saga goes to ${execution.state}, which is no Task.`);
    const scene = { model, world, order, execution, state, put };
    changes.push(...(await (isWait(state) ? ofWait(scene) : ofStep(scene))));
  }
  order.late.forEach((call, index) => changes.push(...ofLateCall(model, world.free, order, call, index)));
  return changes;
}

interface Scene {
  readonly model: Model;
  readonly world: World;
  readonly order: Order;
  readonly execution: Execution;
  readonly state: TaskState;
  readonly put: (next: Execution, of?: Order) => Order;
}

async function ofStep(scene: Scene): Promise<Change[]> {
  const { model, world, order, execution, state, put } = scene;
  const step = execution.state!;
  const after = async (name: string, error: string, of: Order, rest: Partial<Change> = {}): Promise<Change[]> =>
    (await failed(state, execution, error)).map((next) => ({
      name: `${step} ${name}${next.state === step ? ', and is tried again' : ''}`,
      order: put(next, of),
      ...rest,
    }));
  const mayFail = world.faults > 0;
  const { call } = execution;
  const input = await inputOf(state, execution);
  if (call?.answered === undefined) {
    const changes: Change[] = [];
    for (const { free, order: begun, error, answered } of model.steps[step]!(world.free, order, input)) {
      if (error !== undefined) changes.push(...(await after(`refuses (${error})`, error, begun, { free })));
      else {
        const { attempt } = input;
        const next = { ...execution, call: { step, attempt, answered: answered ?? {} } };
        changes.push({ name: `${step} asks`, order: put(next, begun), free });
      }
    }
    if (mayFail) {
      const errors = AT_A_PARTNER.includes(step) ? [...THROWN, NOT_SENT] : THROWN;
      for (const error of errors) changes.push(...(await after(`throws ${error}`, error, order, { faults: 1 })));
      const late = [...order.late, { step, attempt: input.attempt }];
      changes.push(...(await after('times out and goes on', TIMEOUT, { ...order, late }, { faults: 1 })));
    }
    return changes;
  }
  const { fact, refusal } = call.answered;
  const recorded = fact === undefined ? order : withFact(order, fact);
  const changes =
    refusal === undefined
      ? [{ name: `${step} is done`, order: put(await succeeded(state, execution), recorded) }]
      : await after(`refuses (${refusal})`, refusal, recorded);
  if (mayFail) {
    changes.push(...(await after('ends before it records', LOST_ANSWER, order, { faults: 1 })));
    changes.push(...(await after('loses its answer', LOST_ANSWER, recorded, { faults: 1 })));
    const again = { ...order, late: [...order.late, { step, attempt: call.attempt }] };
    changes.push({ name: `${step} is called twice`, order: again, faults: 1 });
  }
  return changes;
}

/** AwaitRecovery: the partner is back, the order is to be cancelled, or the wait was too long. */
async function ofWait(scene: Scene): Promise<Change[]> {
  const { model, execution, state, put } = scene;
  const wait = execution.state!;
  const changes: Change[] = [{ name: `${wait} is over`, order: put(await succeeded(state, execution)) }];
  // An order waits for goods for so long and no longer, whatever the supplier does; after a month the wait begins anew.
  if (wait === 'AwaitGoods') return [...changes, ...(await ending(scene, ['BackorderExpired', TIMEOUT], true))];
  // The time to pay is over some day, whatever the customer does.
  if (wait === 'AwaitPayment') return [...changes, ...(await ending(scene, ['PaymentNotMade', TIMEOUT], true))];
  const step = state.Next!;
  const isForward = ['ReserveInventory', 'AuthorisePayment', 'CreateShipment', 'CapturePayment'].includes(step);
  if (!isForward) return changes;
  const { error, retries = 1 } = execution.variables as { error: string; retries?: number };
  const isUnsent = model.outside.nothingSent({ error, retries, waited: execution.input['tried'] !== undefined });
  const limit = step === 'AuthorisePayment' ? 'PaymentWindowClosed' : 'CheckoutLimitReached';
  const errors =
    isUnsent && step !== 'ReserveInventory' && step !== 'CapturePayment' ? ['NothingSent'] : [limit, TIMEOUT];
  return [...changes, ...(await ending(scene, errors, false))];
}

/** The wait ends with one of these errors. */
async function ending(
  { execution, state, put }: Scene,
  errors: readonly string[],
  isProgress: boolean,
): Promise<Change[]> {
  const ways = errors.map(async (error) =>
    (await failed(state, execution, error)).map((next) => ({
      name: `${execution.state} ends with ${error}`,
      order: put(next),
      isProgress,
    })),
  );
  return (await Promise.all(ways)).flat();
}

function ofLateCall(model: Model, free: number, order: Order, call: Call, index: number): Change[] {
  const others = order.late.toSpliced(index, 1);
  if (call.answered !== undefined) {
    const { fact } = call.answered;
    const done = { ...order, late: others };
    return [{ name: `a late ${call.step} records`, order: fact === undefined ? done : withFact(done, fact) }];
  }
  const input = { attempt: call.attempt, reason: 'customer_request', unfinished: [] };
  return model.steps[call.step]!(free, order, input).map((begun) => ({
    name: `a late ${call.step} asks`,
    free: begun.free,
    order: {
      ...begun.order,
      late: begun.answered?.fact === undefined ? others : [...others, { ...call, answered: begun.answered }],
    },
  }));
}

function fromOutside(outside: Outside, free: number, order: Order): Change[] {
  const changes: Change[] = [];
  const runs = (machine: Execution['machine']): boolean => order.executions.some((run) => run.machine === machine);
  if (!runs('order')) {
    changes.push({ name: 'OrderCreated arrives', order: { ...order, executions: [started('order')] } });
  }
  if (outside.mayRequestCancellation(order)) {
    const wish = { ...withFact(order, 'requested'), afterConfirmation: has(order, 'confirmed') };
    const { afterConfirmation, ...requested } = wish;
    const run = afterConfirmation ? [...order.executions, started('cancellation')] : order.executions;
    changes.push({ name: 'the customer cancels', order: { ...requested, executions: run }, isProgress: false });
  }
  if (order.payment === 'pending') {
    const answered = (payment: Order['payment'], name: string) =>
      changes.push({ name: `the customer ${name} the challenge`, order: { ...order, payment }, isProgress: false });
    answered('authorised', 'passes');
    answered('declined', 'does not pass');
  }
  if (outside.mayShip(order)) {
    changes.push({ name: 'the parcel leaves', order: withFact(order, 'shipped'), isProgress: false });
  }
  const filled = outside.fillBackorder(free, order);
  if (filled !== undefined) changes.push({ name: 'goods are given to an order that waits', ...filled });
  if (has(order, 'shipped') && !has(order, 'sold')) {
    const { free: left, order: sold, error } = outside.confirmReservation(free, order);
    if (error === undefined) changes.push({ name: 'OrderShipped arrives', order: withFact(sold, 'sold'), free: left });
  }
  return changes;
}
