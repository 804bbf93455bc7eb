import type { Deafness } from '../fault/virtual/bus.ts';

/** Sagas, and what is beside them, that are wrong on purpose: the matrix has to find each of them. */
export interface Mutant {
  readonly name: string;
  /** The name of a group of cases in which it shows. */
  readonly group: string;
  /** Makes the definition of a saga wrong; what it does not name stays as it is. @default it is right */
  readonly mutate?: (states: States) => void;
  /** A consumer beside the sagas that is not told of an event. */
  readonly deaf?: Deafness;
}

interface MutableState {
  Next?: string;
  Catch: { readonly ErrorEquals: readonly string[]; Next: string }[];
}
type States = Record<string, MutableState>;

/** Whoever goes to `from` goes to `to` instead. */
const around = (states: States, from: string, to: string): void => {
  for (const state of Object.values(states)) {
    if (state.Next === from) state.Next = to;
    for (const one of state.Catch) if (one.Next === from) one.Next = to;
  }
};
const onError = (states: States, state: string, error: string, next: string): void => {
  const found = states[state]?.Catch.find(({ ErrorEquals }) => ErrorEquals.includes(error));
  if (found) found.Next = next;
};
const uncaught = (states: States, state: string, error: string): void => {
  const found = states[state];
  if (found) found.Catch = found.Catch.filter(({ ErrorEquals }) => !ErrorEquals.includes(error));
};

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the payment is not voided',
    group: 'card.cancelled-before-CapturePayment',
    mutate: (states) => around(states, 'VoidPayment', 'ReleaseInventory'),
  },
  {
    name: 'the payment of a confirmed order is not refunded',
    group: 'alipay.cancelled-when-confirmed',
    mutate: (states) => around(states, 'VoidPayment', 'ReleaseInventory'),
  },
  {
    name: 'the goods are not released',
    group: 'card.cancelled-before-CapturePayment',
    mutate: (states) => around(states, 'ReleaseInventory', 'CancelOrder'),
  },
  {
    name: 'the parcel is not cancelled',
    group: 'card.cancelled-before-CapturePayment',
    mutate: (states) => around(states, 'CancelShipment', 'VoidPayment'),
  },
  {
    name: 'an authorisation in doubt is taken for none',
    group: 'card.happy',
    mutate: (states) => onError(states, 'AuthorisePayment', 'States.ALL', 'ReleaseInventory'),
  },
  {
    name: 'a reservation in doubt is taken for none',
    group: 'card.happy',
    mutate: (states) => onError(states, 'ReserveInventory', 'States.ALL', 'CancelOrder'),
  },
  {
    name: 'a booking in doubt is taken for none',
    group: 'card.happy',
    mutate: (states) => onError(states, 'CreateShipment', 'States.ALL', 'VoidPayment'),
  },
  {
    name: 'a declined order goes on',
    group: 'card.declined',
    mutate: (states) => onError(states, 'AuthorisePayment', 'PaymentDeclined', 'CreateShipment'),
  },
  {
    name: 'an order without goods goes on',
    group: 'card.out-of-stock',
    mutate: (states) => onError(states, 'ReserveInventory', 'OutOfStock', 'AuthorisePayment'),
  },
  {
    name: 'an order that waits for goods is paid before they come',
    group: 'card.backorder',
    mutate: (states) => onError(states, 'ReserveInventory', 'Backordered', 'AuthorisePayment'),
  },
  {
    name: 'a look that finds no goods is taken for one that does',
    group: 'card.backorder-expired',
    mutate: (states) => {
      if (states['AwaitGoods']) states['AwaitGoods'].Next = 'AuthorisePayment';
    },
  },
  {
    name: 'a backorder has no end',
    group: 'card.backorder-expired',
    mutate: (states) => uncaught(states, 'AwaitGoods', 'BackorderExpired'),
  },
  {
    name: 'a backorder that is over keeps its goods',
    group: 'card.backorder-filled-too-late',
    mutate: (states) => onError(states, 'AwaitGoods', 'BackorderExpired', 'CancelOrder'),
  },
  {
    name: 'nobody waits for the customer to pay',
    group: 'wechat_pay.challenged',
    mutate: (states) => uncaught(states, 'AuthorisePayment', 'PaymentPending'),
  },
  {
    name: 'nothing is captured',
    group: 'card.happy',
    mutate: (states) => around(states, 'CapturePayment', 'ConfirmOrder'),
  },
  {
    name: 'unfinished compensations are forgotten',
    group: 'card.cancelled-before-CapturePayment',
    mutate: (states) => uncaught(states, 'CancelOrder', 'CompensationUnfinished'),
  },
  {
    name: 'a confirmation that fails ends the saga',
    group: 'card.happy',
    mutate: (states) => onError(states, 'ConfirmOrder', 'States.ALL', 'CancelOrder'),
  },
  {
    name: 'a change without goods is taken for made',
    group: 'card.too-many-units',
    mutate: (states) => onError(states, 'AdjustReservation', 'OutOfStock', 'RestoreAuthorisation'),
  },
  {
    name: 'nobody hears that a refund has failed after it was made',
    group: 'card.refund-fails-later',
    deaf: { consumer: 'settleLatePayment', to: 'PaymentNotified' },
  },
  {
    name: 'nobody hears that the refund of a cancelled order has failed after it was made',
    group: 'wechat_pay.cancelled-and-refund-fails-later',
    deaf: { consumer: 'settleLatePayment', to: 'PaymentNotified' },
  },
];

/** The definition as it is deployed, made wrong. */
export function mutated({ mutate }: Mutant, deployedDefinition: string): string {
  const definition = JSON.parse(deployedDefinition) as { States: States };
  mutate?.(definition.States);
  return JSON.stringify(definition);
}
