/** The orders of a case: every kind of outcome and command, drawn from a seed. */
import type { CancellationReason, OrderStatus } from '../../functions/published/order-events.ts';
import type { Random } from './random.ts';

export const SHIRT = 'TSHIRT';
export const MUG = 'MUG-BLUE';

/** What is asked for an order after it was placed. */
export type Command =
  | 'cancel'
  | 'change-items'
  | 'change-address'
  | 'approve'
  | 'reject'
  | 'refund-part'
  | 'ship'
  | 'deliver'
  | 'request-return'
  | 'receive-return';

interface Step {
  readonly command: Command;
  /** Sent once the order has this status. @default at once */
  readonly once?: OrderStatus;
  /** Sent up to so much later, in milliseconds. */
  readonly withinMs?: number;
}

/** A kind of order: what it asks for, and how it may end. */
export interface Kind {
  readonly name: string;
  /** How often it is drawn, against the others. */
  readonly weight: number;
  /** @default tok_ok */
  readonly token?: string;
  /** @default 200000 */
  readonly postalCode?: string;
  /** @default one shirt */
  readonly item?: { readonly sku: string; readonly quantity: number };
  readonly steps?: readonly Step[];
  /** The statuses at its end. @default processing */
  readonly ends?: readonly OrderStatus[];
  /** The reasons for which it may be cancelled. @default none */
  readonly reasons?: readonly CancellationReason[];
  /** A partner never does what it needs, so that it waits until its customer cancels it. */
  readonly hopeless?: true;
  /** A partner never undoes what it has done, so that a person has to. */
  readonly undoFails?: true;
  /** Something of it can only go on when a person has helped, who does. */
  readonly needsPerson?: true;
}

const cancelled = (...reasons: CancellationReason[]) => ({ ends: ['cancelled'] as const, reasons });
const CANCELLED_BY_CUSTOMER = {
  ends: ['cancelled', 'processing'],
  reasons: ['customer_request'],
} as const satisfies Partial<Kind>;

export const KINDS: readonly Kind[] = [
  { name: 'plain', weight: 30 },
  { name: 'two shirts', weight: 8, item: { sku: SHIRT, quantity: 2 } },
  { name: 'declined', weight: 5, token: 'tok_declined', ...cancelled('payment_declined') },
  { name: 'gateway flaky', weight: 5, token: 'tok_flaky' },
  { name: 'gateway slow', weight: 4, token: 'tok_slow' },
  { name: 'answer lost after charge', weight: 4, token: 'tok_timeout_charged' },
  {
    name: 'never charged',
    weight: 2,
    token: 'tok_timeout_not_charged',
    hopeless: true,
    ...cancelled('customer_request', 'payment_unavailable'),
  },
  { name: 'address refused', weight: 4, postalCode: '000000', ...cancelled('address_refused') },
  { name: 'carrier slow', weight: 4, postalCode: '888888' },
  {
    name: 'carrier never',
    weight: 2,
    postalCode: '999999',
    hopeless: true,
    ...cancelled('customer_request', 'carrier_unavailable'),
  },
  { name: 'out of stock', weight: 4, item: { sku: MUG, quantity: 99 }, ...cancelled('out_of_stock') },
  { name: 'cancelled soon', weight: 8, steps: [{ command: 'cancel', withinMs: 3_000 }], ...CANCELLED_BY_CUSTOMER },
  {
    name: 'cancelled when confirmed',
    weight: 4,
    steps: [{ command: 'cancel', once: 'processing', withinMs: 500 }],
    ...CANCELLED_BY_CUSTOMER,
  },
  { name: 'items changed', weight: 6, steps: [{ command: 'change-items', withinMs: 1_500 }] },
  {
    name: 'items changed beyond the limit',
    weight: 3,
    token: 'tok_limit_20000',
    steps: [{ command: 'change-items', withinMs: 1_500 }],
    // Before its authorisation, a change makes the order one that the card is not good for.
    ends: ['processing', 'cancelled'],
    reasons: ['payment_declined'],
  },
  { name: 'address changed', weight: 5, steps: [{ command: 'change-address', withinMs: 1_500 }] },
  {
    name: 'held and approved',
    weight: 3,
    item: { sku: SHIRT, quantity: 80 },
    steps: [{ command: 'approve', once: 'held', withinMs: 1_000 }],
  },
  {
    name: 'held and rejected',
    weight: 2,
    item: { sku: SHIRT, quantity: 80 },
    steps: [{ command: 'reject', once: 'held', withinMs: 1_000 }],
    ...cancelled('rejected'),
  },
  { name: 'refunded in part', weight: 5, steps: [{ command: 'refund-part', once: 'processing', withinMs: 500 }] },
  {
    name: 'returned',
    weight: 3,
    steps: [
      { command: 'ship', once: 'processing' },
      { command: 'deliver', once: 'shipped' },
      { command: 'request-return', once: 'delivered' },
      { command: 'receive-return' },
    ],
    ends: ['refunded'],
  },
  {
    name: 'undo fails',
    weight: 2,
    token: 'tok_refund_fails',
    steps: [{ command: 'cancel', once: 'processing', withinMs: 500 }],
    undoFails: true,
    ...CANCELLED_BY_CUSTOMER,
  },
];

export interface PlannedOrder {
  readonly kind: Kind;
  /** After the start of the case, in milliseconds. */
  readonly atMs: number;
  readonly token: string;
  readonly postalCode: string;
  readonly item: { readonly sku: string; readonly quantity: number };
  readonly steps: readonly { readonly command: Command; readonly once?: OrderStatus; readonly afterMs: number }[];
}

/**
 * As many orders as `perSecond` makes in `seconds`, at random moments. The first ones are one of each kind, so that even a short
 * case has every kind if it has room for them.
 */
export function planOrders(
  random: Random,
  { seconds, perSecond }: { seconds: number; perSecond: number },
): PlannedOrder[] {
  const count = Math.ceil(seconds * perSecond);
  const kinds = shuffled(
    Array.from({ length: count }, (_, index) => KINDS[index] ?? drawn(random)),
    random,
  );
  return kinds
    .map(
      (kind): PlannedOrder => ({
        kind,
        atMs: Math.floor(random() * seconds * 1_000),
        token: kind.token ?? 'tok_ok',
        postalCode: kind.postalCode ?? '200000',
        item: kind.item ?? { sku: SHIRT, quantity: 1 },
        steps: (kind.steps ?? []).map(({ command, once, withinMs = 0 }) => ({
          command,
          ...(once && { once }),
          afterMs: Math.floor(random() * withinMs),
        })),
      }),
    )
    .sort((one, other) => one.atMs - other.atMs);
}

function drawn(random: Random): Kind {
  let left = random() * KINDS.reduce((sum, { weight }) => sum + weight, 0);
  return KINDS.find(({ weight }) => (left -= weight) < 0) ?? KINDS[0]!;
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
