/** When a customer may cancel an order, and what must have been done and undone for it at the end. */
import type { OrderOptions } from '../../support/api/order-requests.ts';
import {
  AUTHORISED,
  CAPTURED,
  type Cancellations,
  HELD_ITEMS,
  type Outcome,
  PRICE,
  REFUNDED,
  VOIDED,
} from './cancellations.ts';

/** A moment in the life of an order, and the whole outcome of an order that is cancelled at that moment. */
export interface Moment {
  readonly placing?: OrderOptions;
  /** Waits until the order is at this moment. @default at once */
  readonly reach?: (orderId: string, cancellations: Cancellations) => Promise<unknown>;
  /** The order's version at this moment: a request that comes later is refused, and the test tries another order. */
  readonly version: number;
  readonly expected: Outcome;
}

export const MOMENTS: Readonly<Record<string, Moment>> = {
  'before its stock is reserved ends with nothing done and nothing undone': {
    version: 1,
    expected: { history: ['OrderCreated', 'CancellationRequested', 'OrderCancelled'], money: [], parcels: [] },
  },
  'while the gateway is asked to hold the money gives back just that and the goods': {
    placing: { token: 'tok_slow' },
    reach: (orderId, cancellations) => cancellations.untilMoneyMoved(orderId, 'authorisation'),
    version: 2,
    expected: {
      history: [
        'OrderCreated',
        'InventoryReserved',
        'CancellationRequested',
        'PaymentAuthorised',
        'PaymentVoided',
        'InventoryReleased',
        'OrderCancelled',
      ],
      money: [AUTHORISED, VOIDED],
      parcels: [],
    },
  },
  'after its approval is undone like any other': {
    placing: { token: 'tok_slow', items: HELD_ITEMS },
    reach: async (orderId, cancellations) => {
      await cancellations.approve(orderId);
      await cancellations.untilMoneyMoved(orderId, 'authorisation');
    },
    version: 3,
    expected: {
      history: [
        'OrderCreated',
        'OrderApproved',
        'InventoryReserved',
        'CancellationRequested',
        'PaymentAuthorised',
        'PaymentVoided',
        'InventoryReleased',
        'OrderCancelled',
      ],
      money: [
        ['authorisation', 80 * PRICE],
        ['void', 80 * PRICE],
      ],
      parcels: [],
    },
  },
  'while the carrier is asked to book gives parcel, money and goods back': {
    placing: { postalCode: '888888' },
    reach: (orderId, cancellations) => cancellations.untilBooked(orderId),
    version: 4,
    expected: {
      history: [
        'OrderCreated',
        'InventoryReserved',
        'PaymentAuthorised',
        'ShipmentsPlanned',
        'CancellationRequested',
        'ShipmentArranged',
        'ShipmentCancelled',
        'PaymentVoided',
        'InventoryReleased',
        'OrderCancelled',
      ],
      money: [AUTHORISED, VOIDED],
      parcels: ['booking', 'cancellation'],
    },
  },
  'after the shipment was arranged, while the gateway takes the money, gets it back': {
    placing: { token: 'tok_slow' },
    reach: (orderId, cancellations) => cancellations.untilMoneyMoved(orderId, 'capture'),
    version: 5,
    expected: {
      history: [
        'OrderCreated',
        'InventoryReserved',
        'PaymentAuthorised',
        'ShipmentsPlanned',
        'ShipmentArranged',
        'CancellationRequested',
        'PaymentCaptured',
        'ShipmentCancelled',
        'PaymentRefunded',
        'InventoryReleased',
        'OrderCancelled',
      ],
      money: [AUTHORISED, CAPTURED, REFUNDED],
      parcels: ['booking', 'cancellation'],
    },
  },
  'after its confirmation is undone by a saga of its own': {
    reach: (orderId, cancellations) => cancellations.untilRecorded(orderId, 'OrderConfirmed'),
    version: 7,
    expected: {
      history: [
        'OrderCreated',
        'InventoryReserved',
        'PaymentAuthorised',
        'ShipmentsPlanned',
        'ShipmentArranged',
        'PaymentCaptured',
        'OrderConfirmed',
        'CancellationRequested',
        'ShipmentCancelled',
        'PaymentRefunded',
        'InventoryReleased',
        'OrderCancelled',
      ],
      money: [AUTHORISED, CAPTURED, REFUNDED],
      parcels: ['booking', 'cancellation'],
    },
  },
};

/** A time in which the saga tries again and again, so that a test cannot know how far it has come. */
export interface Wait {
  readonly placing: OrderOptions;
  /** The last event before it. */
  readonly fact: string;
  /** Every ledger that the gateway may have afterwards. */
  readonly possible: readonly unknown[];
}

const NOTHING_OR_TOMBSTONE = [[], [['void', 0]]];
export const WAITS: Readonly<Record<string, Wait>> = {
  'to ask a flaky gateway again': {
    placing: { token: 'tok_flaky' },
    fact: 'InventoryReserved',
    possible: [...NOTHING_OR_TOMBSTONE, [AUTHORISED, VOIDED]],
  },
  'for a gateway that gives no answer': {
    placing: { token: 'tok_timeout_not_charged' },
    fact: 'InventoryReserved',
    possible: NOTHING_OR_TOMBSTONE,
  },
  'for a carrier that is down': {
    placing: { postalCode: '999999' },
    fact: 'PaymentAuthorised',
    possible: [[AUTHORISED, VOIDED]],
  },
};
