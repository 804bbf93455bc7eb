import type { Order, OrderStatus } from '../api/types.ts';

/** What an operator can ask of an order. The API decides: this says only what to offer. */
export interface OrderCommand {
  readonly id: CommandId;
  /** The path below that of the order. */
  readonly path: string;
  readonly scope: string;
  /** The statuses in which it is possible; a test compares them with the deciders. */
  readonly statuses: readonly OrderStatus[];
  /** `optional`: the API takes a comment, and people should give one. */
  readonly reason: 'none' | 'optional';
  /** Whether it takes something away from the customer that a second click cannot bring back. */
  readonly final: boolean;
}

export type CommandId = 'approve' | 'reject' | 'ship' | 'deliver' | 'cancel' | 'refund' | 'return';

const BEFORE_PARCEL_LEAVES: readonly OrderStatus[] = [
  'held',
  'created',
  'backordered',
  'inventory_reserved',
  'payment_pending',
  'payment_completed',
  'payment_failed',
  'processing',
];

export const ORDER_COMMANDS: readonly OrderCommand[] = [
  { id: 'approve', path: '/approve', scope: 'orders:approve', statuses: ['held'], reason: 'none', final: false },
  { id: 'reject', path: '/reject', scope: 'orders:approve', statuses: ['held'], reason: 'optional', final: true },
  { id: 'ship', path: '/ship', scope: 'orders:fulfil', statuses: ['processing'], reason: 'none', final: false },
  { id: 'deliver', path: '/deliver', scope: 'orders:fulfil', statuses: ['shipped'], reason: 'none', final: false },
  {
    id: 'refund',
    path: '/refunds',
    scope: 'orders:refund',
    statuses: ['processing', 'shipped', 'delivered'],
    reason: 'optional',
    final: true,
  },
  {
    id: 'return',
    path: '/returns',
    scope: 'orders:fulfil',
    statuses: ['shipped', 'delivered'],
    reason: 'optional',
    final: false,
  },
  {
    id: 'cancel',
    path: '/cancel',
    scope: 'orders:refund',
    statuses: BEFORE_PARCEL_LEAVES,
    reason: 'optional',
    final: true,
  },
];

/** The commands that the order's status allows; those that the operator is not allowed are not among them. */
export const commandsFor = (
  { status }: Pick<Order, 'status'>,
  may: (scope: string) => boolean,
): readonly OrderCommand[] => ORDER_COMMANDS.filter((one) => one.statuses.includes(status) && may(one.scope));

/** One line of what a command will do: the key of a text, and what the order says to it. */
export interface Effect {
  readonly kind: 'money' | 'stock' | 'parcel' | 'order' | 'customer';
  readonly text: EffectText;
}

export type EffectText =
  | 'effect.sagaStarts'
  | 'effect.moneyVoided'
  | 'effect.moneyRefunded'
  | 'effect.moneyNothing'
  | 'effect.stockReleased'
  | 'effect.stockNothing'
  | 'effect.parcelCancelled'
  | 'effect.parcelNothing'
  | 'effect.cancelled'
  | 'effect.customerTold'
  | 'effect.shipped'
  | 'effect.noCancelAfter'
  | 'effect.delivered'
  | 'effect.refundSent'
  | 'effect.returnWaits';

/** What the command changes, by what the order has and has not: how far its effects reach. */
export function effectsOf(id: CommandId, order: Order): readonly Effect[] {
  switch (id) {
    case 'approve':
      return [{ kind: 'order', text: 'effect.sagaStarts' }];
    case 'reject':
      return [
        { kind: 'money', text: 'effect.moneyNothing' },
        { kind: 'stock', text: 'effect.stockNothing' },
        { kind: 'order', text: 'effect.cancelled' },
        { kind: 'customer', text: 'effect.customerTold' },
      ];
    case 'ship':
      return [
        { kind: 'order', text: 'effect.shipped' },
        { kind: 'parcel', text: 'effect.noCancelAfter' },
      ];
    case 'deliver':
      return [{ kind: 'order', text: 'effect.delivered' }];
    case 'refund':
      return [
        { kind: 'money', text: 'effect.refundSent' },
        { kind: 'customer', text: 'effect.customerTold' },
      ];
    case 'return':
      return [{ kind: 'stock', text: 'effect.returnWaits' }];
    case 'cancel':
      return effectsOfCancelling(order);
  }
}

const NOTHING_RESERVED: readonly OrderStatus[] = ['held', 'created', 'backordered'];

function effectsOfCancelling({ payment, shipment, status }: Order): readonly Effect[] {
  const money: Readonly<Partial<Record<Order['payment']['status'], EffectText>>> = {
    authorised: 'effect.moneyVoided',
    captured: 'effect.moneyRefunded',
  };
  return [
    { kind: 'parcel', text: shipment.status === 'arranged' ? 'effect.parcelCancelled' : 'effect.parcelNothing' },
    { kind: 'money', text: money[payment.status] ?? 'effect.moneyNothing' },
    { kind: 'stock', text: NOTHING_RESERVED.includes(status) ? 'effect.stockNothing' : 'effect.stockReleased' },
    { kind: 'order', text: 'effect.cancelled' },
    { kind: 'customer', text: 'effect.customerTold' },
  ];
}
