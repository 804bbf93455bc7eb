/** Every consumer of a queue over fakes that remember what it has done. A consumer that is deployed and not here fails its test. */
import { byCard } from '../orders/by-card.ts';
import '../platform/function-environment.ts';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { makeHandler as fillBackorders } from '../../../functions/inventory/fill-backorders.ts';
import { makeHandler as restockReturns } from '../../../functions/inventory/restock-returns.ts';
import type { Notification } from '../../../functions/notifications/application/ports.ts';
import { makeHandler as notifyCustomer } from '../../../functions/notifications/notify-customer.ts';
import { makeHandler as sendEmails } from '../../../functions/notifications/send-emails.ts';
import { makeHandler as projectOrderView } from '../../../functions/orders/project-order-view.ts';
import { makeHandler as startCancellationSaga } from '../../../functions/orders/start-cancellation-saga.ts';
import { makeHandler as startItemsChange } from '../../../functions/orders/start-items-change.ts';
import { makeHandler as startOrderSaga } from '../../../functions/orders/start-order-saga.ts';
import { makeHandler as refundPayment } from '../../../functions/payments/refund-payment.ts';
import { makeHandler as settleLatePayment } from '../../../functions/payments/settle-late-payment.ts';
import type { ParkingEvent } from '../../../functions/recovery/domain/parking-event.ts';
import { makeHandler as projectTasks } from '../../../functions/recovery/project-tasks.ts';
import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';
import type { Sku } from '../../../functions/shared/kernel/ids.ts';
import { emailWorld } from '../fakes/in-memory-emails.ts';
import { InMemoryInventory } from '../fakes/in-memory-inventory.ts';
import { InMemoryListedOrders } from '../fakes/in-memory-listed-orders.ts';
import type { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../fakes/in-memory-payment-gateway.ts';
import { InMemoryRefundWatch } from '../fakes/in-memory-refund-watch.ts';
import { InMemorySnapshots } from '../fakes/in-memory-snapshots.ts';
import { InMemoryStock } from '../fakes/in-memory-stock.ts';
import { InMemoryTasks } from '../fakes/in-memory-tasks.ts';
import { ONE_SOURCE } from '../orders/reserve-settings.ts';
import { created, EVENTS, newEvent, START } from '../orders/streams.ts';
import { configurationNotices } from './configuration-notices.ts';
import { ledger } from './ledger-consumer.ts';
import { ORDERS } from './order-messages.ts';
import { follows, sales, watched } from './parcel-consumers.ts';
import { progressChecks, waitingOrders, wakes } from './recovery-consumers.ts';

export interface Consumer {
  readonly handle: (batch: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
  /** What it has done so far. */
  readonly done: () => Promise<readonly unknown[]>;
}

export interface TestedConsumer {
  /** Over a log with all orders. */
  readonly make: (log: InMemoryOrderLog) => Promise<Consumer> | Consumer;
  /** For a queue that is not about events of orders: true messages, and made-up ones. @default those of the bus */
  readonly messages?: { readonly truths: readonly object[]; readonly forgeries: readonly object[] };
}

/** Step Functions starts an execution of a name once. */
function executions() {
  const started = new Map<string, object>();
  const start = async (name: string, input: object) => void (started.has(name) || started.set(name, input));
  return { saga: { start }, done: async () => [...started] };
}

const starting = (makeHandler: typeof startOrderSaga | typeof startItemsChange): TestedConsumer => ({
  make: (log) => {
    const { saga, done } = executions();
    return { handle: makeHandler({ log, saga }), done };
  },
});

async function refunds(log: InMemoryOrderLog): Promise<Consumer> {
  const gateway = new InMemoryPaymentGateway();
  const { total } = created().data;
  const charged = ORDERS.filter((stream) => stream.some(({ type }) => type === 'PaymentCaptured'));
  for (const stream of charged) {
    const { orderId } = stream[0]!;
    await gateway.authorise(orderId, total, byCard('tok_ok'));
    await gateway.capture(orderId, total);
  }
  const handle = refundPayment({
    log,
    gateways: { card: gateway },
    now: () => START,
    watch: new InMemoryRefundWatch(),
    settings: async () => DEFAULT_CONFIGURATION.recovery,
    backOff: async () => {},
  });
  const done = async () =>
    ORDERS.map((stream) => stream[0]!.orderId)
      .filter((orderId) => gateway.movements(orderId).includes('refund'))
      .map((orderId) => [orderId, gateway.movements(orderId)]);
  return { handle, done };
}

/** Payments that their channels have taken although the orders are cancelled. */
async function latePayments(log: InMemoryOrderLog): Promise<Consumer> {
  const gateway = new InMemoryPaymentGateway();
  const { total } = created().data;
  const late = ORDERS.filter((stream) => stream.some(({ type }) => type === 'PaymentNotified')).map(
    ([first]) => first!.orderId,
  );
  for (const orderId of late) {
    await gateway.authorise(orderId, total, byCard('tok_ok'));
    await gateway.capture(orderId, total);
  }
  const returned = new Set<string>();
  const handle = settleLatePayment({
    log,
    gateways: { card: gateway },
    now: () => START,
    payouts: {
      giveBack: async ({ transferId }) => {
        returned.add(transferId);
        return 'made';
      },
    },
    bankMonitor: { stranded: () => undefined },
    settings: async () => DEFAULT_CONFIGURATION.recovery,
    backOff: async () => {},
  });
  const done = async () => [
    ...late
      .map((orderId) => [orderId, gateway.movements(orderId)])
      .filter(([, movements]) => movements?.includes('refund')),
    ...returned,
  ];
  return { handle, done };
}

/** The order that waits for goods, of which there are some by now. */
async function backorders(log: InMemoryOrderLog): Promise<Consumer> {
  const inventory = new InMemoryInventory(log);
  const [first, ...later] = ORDERS.find((stream) => stream.at(-1)?.type === 'OrderBackordered')!;
  const { orderId, occurredAt: orderedAt } = first!;
  const lines = later.flatMap((event) => (event.type === 'OrderBackordered' ? event.data.lines : []));
  for (const { sku, quantity } of lines) {
    inventory.stock(sku, quantity);
    await inventory.backorder(orderId, { awaits: sku, orderedAt });
  }
  const settings = async () => DEFAULT_CONFIGURATION.inventory;
  return {
    handle: fillBackorders({
      log,
      inventory,
      backorders: inventory,
      settings,
      newestSettings: settings,
      backOff: async () => {},
      now: () => START,
    }),
    done: async () => [(await inventory.find(orderId)).status].filter((status) => status === 'held'),
  };
}

async function returns(log: InMemoryOrderLog): Promise<Consumer> {
  const inventory = new InMemoryInventory(log);
  const stock = new InMemoryStock(inventory);
  const skus = new Set<Sku>();
  for (const stream of ORDERS.filter((events) => events.some(({ type }) => type === 'ReturnReceived'))) {
    const { orderId } = stream[0]!;
    const lines = stream.flatMap((event) => (event.type === 'ReturnReceived' ? event.data.accepted : []));
    for (const { sku } of lines) inventory.stock(sku, 1_000);
    for (const { sku } of lines) skus.add(sku);
    const reserved = newEvent(EVENTS.reserved, stream.length, orderId);
    await inventory.reserve(orderId, { lines, sources: ONE_SOURCE }, () => reserved, stream.length + 1);
  }
  const done = async () => (await Promise.all([...skus].map((sku) => stock.log.read(sku)))).flat();
  return { handle: restockReturns({ log, inventory, stock, now: () => START }), done };
}

function notifications(log: InMemoryOrderLog): Consumer {
  const inbox = new Map<string, Notification>();
  const put = async (notification: Notification) =>
    void inbox.set(notification.notificationId + notification.customerId, notification);
  return {
    handle: notifyCustomer({ log, inbox: { put }, shop: { language: 'en', timeZone: 'UTC' } }),
    done: async () => [...inbox.values()],
  };
}

function emails(log: InMemoryOrderLog): Consumer {
  const world = emailWorld(() => START + 60_000);
  return { handle: sendEmails({ log, ...world }), done: async () => world.email.post };
}

function views(log: InMemoryOrderLog): Consumer {
  const known = new Map<string, { readonly version: number }>();
  const handle = projectOrderView({
    log,
    snapshots: new InMemorySnapshots(),
    views: {
      current: async (orderId) => known.get(orderId) as never,
      replace: async (view, replaced) =>
        known.get(view.orderId)?.version === replaced && !!known.set(view.orderId, view),
    },
    index: { add: async () => {}, remove: async () => {}, find: async () => ({ entries: [], more: false }) },
    listed: new InMemoryListedOrders(),
    states: { noteProgress: async () => {} },
    monitor: { lagged: () => {}, lostProgress: () => {} },
    showFigures: () => {},
    now: () => START,
  });
  return { handle, done: async () => [...known.values()] };
}

function taskList(log: InMemoryOrderLog): Consumer {
  const tasks = new InMemoryTasks();
  const parked = new Map<string, ParkingEvent>();
  const put = async (event: ParkingEvent) => void parked.set(event.eventId, event);
  return {
    handle: projectTasks({ log, tasks, dueSeconds: async () => 60, parked: { put } }),
    done: async () => [
      ...parked.values(),
      ...(await tasks.page({}, 1_000)).items,
      ...(await tasks.page({ status: 'resolved' }, 1_000)).items,
    ],
  };
}

/** By the function's name. */
export const CONSUMERS: Readonly<Record<string, TestedConsumer>> = {
  'orders/start-order-saga': starting(startOrderSaga),
  'orders/start-cancellation-saga': starting(startCancellationSaga),
  'orders/start-items-change': starting(startItemsChange),
  'orders/project-order-view': { make: views },
  'orders/follow-shipments': { make: follows },
  'shipping/watch-parcels': { make: watched },
  'payments/refund-payment': { make: refunds },
  'payments/settle-late-payment': { make: latePayments },
  'inventory/fill-backorders': { make: backorders },
  'inventory/confirm-reservation': { make: sales },
  'ledger/post-entries': { make: ledger },
  'inventory/restock-returns': { make: returns },
  'notifications/notify-customer': { make: notifications },
  'notifications/send-emails': { make: emails },
  'recovery/project-tasks': { make: taskList },
  'recovery/wake-order': { make: wakes },
  'recovery/check-progress': { make: progressChecks },
  'recovery/release-waiting-orders': waitingOrders,
  'configuration/announce-change': configurationNotices,
};
