/** What customers and operators of the crash test ask for, once an order is placed. */
import type { CancellationReason, OrderStatus, PaymentMethod } from '../../functions/published/order-events.ts';
import { orderBody } from '../support/api/order-requests.ts';

/** An order as the API shows it, as far as a command depends on it. */
export interface SeenOrder {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly total: { readonly amount: number; readonly currency: string };
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
  readonly returns: readonly { readonly returnId: string }[];
  readonly payment: {
    readonly method: PaymentMethod['type'];
    readonly action?: { readonly type: string; readonly url?: string; readonly reference?: string };
  };
}

export interface Step {
  readonly by: 'customer' | 'operator';
  readonly method?: 'PUT';
  /** Below the order. */
  readonly path: string | ((order: SeenOrder) => string);
  /** @default an empty one */
  readonly body?: (order: SeenOrder) => unknown;
  /** Asked once the order has this status. @default at once */
  readonly once?: OrderStatus;
  /** Asked up to so much later, in milliseconds. */
  readonly withinMs?: number;
}

export interface Life {
  readonly name: string;
  /** How often it is drawn, against the others. */
  readonly weight: number;
  readonly steps: readonly Step[];
  /** The statuses at the end of an order that was not cancelled. @default processing */
  readonly ends?: readonly OrderStatus[];
  /** Why the order may be cancelled over it. */
  readonly reasons?: readonly CancellationReason[];
  /** @default 200000 */
  readonly postalCode?: string;
  /** The order is so large that an operator has to approve it. */
  readonly large?: true;
  /** The order is cancelled, whatever the customer asks for. */
  readonly fails?: true;
}

const cancel = (more: Partial<Step>): Step => ({ by: 'customer', path: 'cancel', ...more });
const SHIP: Step = { by: 'operator', path: 'ship', once: 'processing' };
const DELIVER: Step = { by: 'operator', path: 'deliver', once: 'shipped' };
const first = ({ items }: SeenOrder) => [{ sku: items[0]!.sku, quantity: 1 }];
const all = ({ items }: SeenOrder) => items.map(({ sku, quantity }) => ({ sku, quantity }));
const ask = (items: typeof first): Step => ({
  by: 'customer',
  path: 'returns',
  once: 'delivered',
  body: (order) => ({ items: items(order) }),
});
const decide = (what: 'receive' | 'withdraw', body?: (order: SeenOrder) => unknown): Step => ({
  by: what === 'receive' ? 'operator' : 'customer',
  path: ({ returns }) => `returns/${returns[0]!.returnId}/${what}`,
  withinMs: 500,
  ...(body && { body }),
});
const returned = (name: string, weight: number, ...steps: readonly Step[]): Life => ({
  name,
  weight,
  steps: [SHIP, DELIVER, ...steps],
  // Units with a discount of their whole price, or the only ones of an order.
  ends: ['delivered', 'refunded'],
});
const refund = (body: (order: SeenOrder) => unknown, once: OrderStatus): Step => ({
  by: 'operator',
  path: 'refunds',
  body,
  once,
  withinMs: 500,
});
const CANCELLED = { reasons: ['customer_request'] } as const satisfies Partial<Life>;

/** Of an order that cannot be paid, and waits until its customer has had enough. */
export const GIVEN_UP: Life = {
  name: 'given up',
  weight: 0,
  steps: [cancel({ withinMs: 30_000 })],
  reasons: ['customer_request'],
  fails: true,
};

export const LIVES: readonly Life[] = [
  { name: 'kept', weight: 22, steps: [] },
  { name: 'cancelled soon', weight: 8, steps: [cancel({ withinMs: 3_000 })], ...CANCELLED },
  {
    name: 'cancelled when confirmed',
    weight: 5,
    steps: [cancel({ once: 'processing', withinMs: 500 })],
    ...CANCELLED,
  },
  {
    name: 'other items',
    weight: 6,
    steps: [
      {
        by: 'customer',
        method: 'PUT',
        path: 'items',
        body: ({ items }) => ({ items: items.map(({ sku, quantity }) => ({ sku, quantity: quantity + 1 })) }),
        withinMs: 2_000,
      },
    ],
    // Before its authorisation, a change makes the order one that there is too little for, or that the card is not good for.
    reasons: ['out_of_stock', 'payment_declined'],
  },
  {
    name: 'other address',
    weight: 4,
    steps: [
      {
        by: 'customer',
        method: 'PUT',
        path: 'shipping-address',
        body: () => ({ shippingAddress: { ...orderBody().shippingAddress, street: '1 Bund' } }),
        withinMs: 2_000,
      },
    ],
  },
  {
    name: 'held and approved',
    weight: 3,
    large: true,
    steps: [{ by: 'operator', path: 'approve', once: 'held', withinMs: 1_000 }],
  },
  {
    name: 'held and rejected',
    weight: 2,
    large: true,
    steps: [{ by: 'operator', path: 'reject', once: 'held', withinMs: 1_000 }],
    reasons: ['rejected'],
    fails: true,
  },
  { name: 'refused address', weight: 2, steps: [], postalCode: '000000', reasons: ['address_refused'], fails: true },
  { name: 'slow carrier', weight: 2, steps: [], postalCode: '888888' },
  {
    name: 'carrier never answers',
    weight: 1,
    steps: [cancel({ withinMs: 30_000 })],
    postalCode: '999999',
    reasons: ['customer_request', 'carrier_unavailable'],
    fails: true,
  },
  {
    name: 'an amount refunded',
    weight: 4,
    steps: [
      refund(
        ({ total: { amount, currency } }) => ({ type: 'amount', amount: { amount: Math.ceil(amount / 7), currency } }),
        'processing',
      ),
    ],
  },
  {
    name: 'units refunded',
    weight: 4,
    steps: [SHIP, refund((order) => ({ type: 'items', items: first(order) }), 'shipped')],
    ends: ['shipped', 'refunded'],
  },
  {
    name: 'all refunded',
    weight: 3,
    steps: [SHIP, DELIVER, refund(() => ({ type: 'full' }), 'delivered')],
    ends: ['refunded'],
  },
  { name: 'shipped', weight: 4, steps: [SHIP], ends: ['shipped'] },
  { name: 'delivered', weight: 6, steps: [SHIP, DELIVER], ends: ['delivered'] },
  returned('all returned', 5, ask(all), decide('receive')),
  returned('returned in part', 5, ask(first), decide('receive')),
  returned(
    'returned damaged',
    3,
    ask(first),
    decide('receive', (order) => ({ accepted: first(order), damaged: first(order) })),
  ),
  returned(
    'return rejected',
    2,
    ask(first),
    decide('receive', (order) => ({ rejected: [{ ...first(order)[0]!, reason: 'used' }] })),
  ),
  returned('return withdrawn', 2, ask(all), decide('withdraw')),
];
