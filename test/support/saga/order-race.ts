/** One order, whose saga, changes of items, cancellation and refunds run at the same time over partners in memory. */
import { randomUUID } from 'node:crypto';
import { adjustReservation } from '../../../functions/inventory/application/adjust.ts';
import { releaseStock } from '../../../functions/inventory/application/release.ts';
import { reserveStock } from '../../../functions/inventory/application/reserve.ts';
import { closeOrder } from '../../../functions/orders/application/close-order.ts';
import { dispatch } from '../../../functions/orders/application/command-bus.ts';
import type { OrderCommand } from '../../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import { adjustAuthorisation } from '../../../functions/payments/application/adjust.ts';
import { authorisePayment } from '../../../functions/payments/application/authorise.ts';
import { capturePayment } from '../../../functions/payments/application/capture.ts';
import { refundPayment } from '../../../functions/payments/application/refund.ts';
import { restoreAuthorisation } from '../../../functions/payments/application/restore.ts';
import { voidPayment } from '../../../functions/payments/application/void.ts';
import type { ItemsChangeRefused, OrderLine, RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import { ConcurrencyConflict, WaybillError } from '../../../functions/shared/kernel/errors.ts';
import { bookShipments } from '../../../functions/shipping/application/book.ts';
import { cancelShipments } from '../../../functions/shipping/application/cancel.ts';
import { InMemoryCarrier } from '../fakes/in-memory-carrier.ts';
import { InMemoryInventory } from '../fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../fakes/in-memory-payment-gateway.ts';
import { InMemorySnapshots } from '../fakes/in-memory-snapshots.ts';
import { commandOf } from '../orders/lifecycle.ts';
import { REFUSING } from '../orders/reserve-settings.ts';
import { created, newEvent, ORDER_ID, priced, START } from '../orders/streams.ts';
import { defaultSettings } from '../recovery/default-settings.ts';

/** Hands out each answer of `target` when the test wants it, so that everything else can happen in between. */
export type Pace = <Target extends object>(target: Target) => Target;

const ONE_PARCEL = { unitsPerParcel: 1_000, service: 'standard' };
/** More attempts than any wait for a change takes. */
const PATIENCE = 500;

/** The forward steps: which refusals say that the step did nothing, and what undoes it. */
const STEPS = [
  { step: 'reserve', refusals: ['CancellationRequested', 'OutOfStock', 'ReservationReleased'], undoneBy: 'release' },
  { step: 'authorise', refusals: ['CancellationRequested', 'PaymentDeclined', 'PaymentVoided'], undoneBy: 'void' },
  { step: 'ship', refusals: ['CancellationRequested', 'AddressRefused', 'ShipmentWithdrawn'], undoneBy: 'unship' },
  { step: 'capture', refusals: [], undoneBy: 'unship' },
  { step: 'confirm', refusals: [], undoneBy: 'unship' },
] as const;
const UNDO = ['unship', 'void', 'release', 'cancel'] as const;

export interface OrderRace {
  readonly inventory: InMemoryInventory;
  readonly gateway: InMemoryPaymentGateway;
  readonly carrier: InMemoryCarrier;
  /** The order as its stream tells of it. */
  order(): Promise<ExistingOrder>;
  events(): Promise<readonly string[]>;
  stream(): Promise<readonly RecordedOrderEvent[]>;
  /** Runs the order saga to its end, as its definition does. */
  runOrderSaga(): Promise<void>;
  /** Asks for other items and runs the saga that follows, if the order takes the request. */
  changeItems(lines: readonly OrderLine[]): Promise<void>;
  requestCancellation(): Promise<void>;
  /** Sends any other command; resolves to whether it was taken. */
  ask(command: OrderCommand): Promise<boolean>;
  /** Carries out a refund that was asked for, as the consumer of its queue does: the gateway is asked so often at most. */
  carryOutRefund(refundId: string, maxAttempts: number): Promise<void>;
  /** Undoes everything, as the saga of a cancellation after the confirmation does. */
  undoAll(): Promise<void>;
}

export async function orderRace(
  pace: Pace,
  { lines, token }: { readonly lines: readonly OrderLine[]; readonly token: string },
): Promise<OrderRace> {
  const log = new InMemoryOrderLog();
  const inventory = new InMemoryInventory(log);
  const gateway = new InMemoryPaymentGateway();
  const carrier = new InMemoryCarrier();
  const placed = created(lines);
  await log.append(ORDER_ID, 0, [
    newEvent({ ...placed, data: { ...placed.data, paymentMethod: { type: 'card', token } } }),
  ]);

  const deps = {
    log: pace(log),
    inventory: pace(inventory),
    gateways: { card: pace(gateway) },
    carrier: pace(carrier),
    snapshots: new InMemorySnapshots(),
    now: () => START,
    settings: defaultSettings,
  };
  const saga = { orderId: ORDER_ID };
  const steps: Record<string, (attempt: number) => Promise<unknown>> = {
    reserve: (attempt) => reserveStock(deps, { ...saga, attempt, canWait: true }, REFUSING),
    authorise: (attempt) => authorisePayment(deps, { ...saga, attempt }),
    ship: (attempt) => bookShipments(deps, { ...saga, attempt }, ONE_PARCEL),
    capture: (attempt) => capturePayment(deps, { ...saga, attempt }),
    confirm: () => closeOrder(deps, { type: 'ConfirmOrder', orderId: ORDER_ID }),
    unship: () => cancelShipments(deps, saga),
    void: () => voidPayment(deps, saga),
    release: () => releaseStock(deps, saga),
    cancel: () => closeOrder(deps, { ...commandOf('CancelOrder'), reason: 'payment_declined' }),
  };

  const undoFrom = async (first: (typeof UNDO)[number]) => {
    for (const step of UNDO.slice(UNDO.indexOf(first))) await untilDone(steps[step]!);
  };
  /** Sends a command until the order takes it or refuses it for good, as a client does. Resolves to whether it was taken. */
  const ask = async (command: OrderCommand, id: string): Promise<boolean> => {
    let taken = false;
    await untilDone(async () => {
      const answer = await dispatch(deps, {
        id,
        command,
        causationId: id,
        actor: { type: 'customer', id: placed.data.customerId },
      });
      if (!answer.ok && answer.refusal.kind === 'change-pending') {
        throw new ConcurrencyConflict('Another change is under way.');
      }
      taken = answer.ok;
    });
    return taken;
  };

  return {
    inventory,
    gateway,
    carrier,
    order: async () => fold(await log.read(ORDER_ID)) as ExistingOrder,
    stream: () => log.read(ORDER_ID),
    events: async () => (await log.read(ORDER_ID)).map(({ type }) => type),
    async runOrderSaga() {
      for (const { step, refusals, undoneBy } of STEPS) {
        const failure = await untilDone(steps[step]!);
        if (failure === undefined) continue;
        const isRefusal = (refusals as readonly string[]).includes(failure);
        await undoFrom(isRefusal ? UNDO[UNDO.indexOf(undoneBy) + 1]! : undoneBy);
        return;
      }
    },
    async changeItems(wanted) {
      const changeId = randomUUID();
      if (!(await ask({ type: 'ChangeItems', orderId: ORDER_ID, changeId, ...priced(wanted) }, changeId))) return;
      const change = { orderId: ORDER_ID, changeId };
      const failure =
        (await untilDone(() => adjustAuthorisation(deps, change))) ??
        (await untilDone(() => adjustReservation(deps, change, REFUSING)));
      if (failure === undefined) return;
      const reasons: Readonly<Record<string, ItemsChangeRefused['data']['reason']>> = {
        OutOfStock: 'out_of_stock',
        PaymentDeclined: 'payment_declined',
      };
      await untilDone(() =>
        closeOrder(deps, { type: 'RefuseItemsChange', ...change, reason: reasons[failure] ?? 'not_possible' }),
      );
      await untilDone(() => restoreAuthorisation(deps, change));
    },
    async requestCancellation() {
      await ask({ type: 'RequestCancellation', orderId: ORDER_ID, reason: 'customer_request' }, randomUUID());
    },
    ask: (command) => ask(command, randomUUID()),
    async carryOutRefund(refundId, maxAttempts) {
      await untilDone((attempt) =>
        refundPayment(deps, {
          orderId: ORDER_ID,
          refundId,

          isLastAttempt: attempt + 1 >= maxAttempts,
          taskDueAt: START,
        }),
      );
    },
    undoAll: () => undoFrom('unship'),
  };
}

/** Repeats a step as the state machine does; resolves to the name of what it fails with for good, to undefined when it is done. */
async function untilDone(step: (attempt: number) => Promise<unknown>): Promise<string | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await step(attempt);
      return undefined;
    } catch (error) {
      if (!(error instanceof WaybillError)) throw error;
      if (!error.retryable || attempt === PATIENCE) return error.name;
    }
  }
}
