/** The bus: each event of the log reaches the queue of each of its subscribers. */
import { EVENT_SOURCES, MAY_BRING_GOODS } from '../../../functions/published/event-sources.ts';
import type { RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import type { RecordedStockEvent } from '../../../functions/published/stock-events.ts';
import type { Consumers } from './functions.ts';
import { VirtualQueue } from './queue.ts';
import type { VirtualTime } from './time.ts';

/** The functions' time limit, six times, as their queues have it. */
const VISIBILITY_SECONDS = 72;
const OUTBOX_MS = 50;
const KEEPER_RECEIVES = 100;

type Published = RecordedOrderEvent | RecordedStockEvent;

interface Subscription {
  readonly consumer: keyof Consumers;
  readonly wants: (event: Published) => boolean;
  readonly maxReceives?: number;
}

/** Which events do not reach which consumer. */
export interface Deafness {
  readonly consumer: keyof Consumers;
  readonly to: Published['type'];
}

/** As the contexts' constructs in `lib/contexts/` subscribe their functions. */
const SUBSCRIPTIONS: readonly Subscription[] = [
  {
    consumer: 'startOrderSaga',
    wants: ({ type, data }) => (type === 'OrderCreated' && !data.review) || type === 'OrderApproved',
  },
  { consumer: 'startItemsChange', wants: ({ type }) => type === 'ItemsChangeRequested' },
  {
    consumer: 'startCancellation',
    wants: (event) => event.type === 'CancellationRequested' && event.data.from === 'processing',
  },
  {
    consumer: 'refundPayment',
    wants: ({ type }) => ['RefundRequested', 'PaymentRefunded', 'TaskResumed'].includes(type),
    maxReceives: 20,
  },
  {
    consumer: 'settleLatePayment',
    wants: ({ type }) => ['OrderCancelled', 'PaymentNotified', 'TransferReceived', 'TaskResumed'].includes(type),
    maxReceives: 200,
  },
  {
    consumer: 'confirmReservation',
    wants: ({ type }) => ['ShipmentHandedOver', 'OrderShipped', 'OrderDelivered'].includes(type),
  },
  { consumer: 'restockReturns', wants: ({ type }) => type === 'ReturnReceived' },
  {
    consumer: 'fillBackorders',
    wants: ({ type }) => MAY_BRING_GOODS.includes(type),
    maxReceives: 200,
  },
  {
    consumer: 'wakeOrder',
    wants: ({ type, data }) =>
      (type === 'InventoryReserved' && data.backordered === true) ||
      [
        'CancellationRequested',
        'OrderCancelled',
        'PaymentNotified',
        'TransferReceived',
        'ItemsChanged',
        'ItemsChangeRefused',
        'TaskResumed',
        'TaskResolved',
      ].includes(type),
    maxReceives: 200,
  },
];

export class VirtualBus {
  /** The keepers' messages, which come from functions and not from the log. */
  readonly keeper: VirtualQueue;
  readonly #queues: readonly { readonly subscription: Subscription; readonly queue: VirtualQueue }[];

  /**
   * @param consumers undefined while their processes are down
   * @param deaf a subscription that is wrong on purpose: this consumer is not told of events of the type
   */
  constructor(time: VirtualTime, consumers: () => Consumers | undefined, deaf?: Deafness) {
    const queueOf = (consumer: keyof Consumers, maxReceives = 5) =>
      new VirtualQueue({
        name: consumer,
        time,
        visibilitySeconds: VISIBILITY_SECONDS,
        maxReceives,
        consumer: () => consumers()?.[consumer],
      });
    const isHeard = ({ consumer }: Subscription, { type }: Published): boolean =>
      consumer !== deaf?.consumer || type !== deaf.to;
    this.#queues = SUBSCRIPTIONS.map((subscription) => ({
      subscription: { ...subscription, wants: (event) => subscription.wants(event) && isHeard(subscription, event) },
      queue: queueOf(subscription.consumer, subscription.maxReceives),
    }));
    this.keeper = queueOf('releaseWaitingOrders', KEEPER_RECEIVES);
  }

  readonly publish = (event: Published): void => {
    const source = 'sku' in event ? EVENT_SOURCES.inventory : EVENT_SOURCES.orders;
    const envelope = { version: '0', source, 'detail-type': event.type, detail: event };
    for (const { subscription, queue } of this.#queues) {
      if (subscription.wants(event)) queue.send(envelope, OUTBOX_MS);
    }
  };

  /** Puts a message off, in whichever queue it is. */
  readonly putOff = async (receipt: string, seconds: number): Promise<void> => {
    for (const queue of this.#all()) await queue.changeVisibility(receipt, seconds);
  };

  /** The messages that were given up. */
  deadLetters(): string[] {
    return this.#all().flatMap(({ deadLetters }) => deadLetters);
  }

  #all(): VirtualQueue[] {
    return [...this.#queues.map(({ queue }) => queue), this.keeper];
  }
}
