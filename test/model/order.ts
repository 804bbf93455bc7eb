/** What the model knows of one order: its sagas, its log, and the truth at stock, gateway and carrier. Everything is plain data. */
import type { Execution } from './machine.ts';

/** A call of a step that is under way: its function has been invoked, and nobody may wait for its answer any more. */
export interface Call {
  readonly step: string;
  readonly attempt: number;
  /** What the partner answered, once it was asked: the fact to be recorded, and the refusal to be thrown. */
  readonly answered?: { readonly fact?: Fact; readonly refusal?: string };
}

export type Fact =
  | 'backordered'
  | 'authorised'
  | 'declined'
  | 'arranged'
  | 'captured'
  | 'shipmentCancelled'
  | 'voided'
  | 'refunded'
  | 'confirmed'
  | 'requested'
  | 'cancelled'
  | 'shipped'
  | 'sold';

export interface Order {
  readonly executions: readonly Execution[];
  /** Calls that nobody waits for: they were given up as timed out, or are delivered a second time. */
  readonly late: readonly Call[];
  /** The facts in the log, in alphabetical order. */
  readonly log: readonly Fact[];
  /** Why the order was cancelled; what the last CancelOrder was told. */
  readonly reason?: string;
  /** `forbidden`: released before they were held; `short`: there was too little of them. Neither is ever held any more.
   * `waiting`: there is too little of them, and those that come are held for the order. */
  readonly goods: 'none' | 'waiting' | 'held' | 'released' | 'forbidden' | 'short' | 'sold';
  /** `pending`: the bank asks the customer, who may pass or not, or never act. */
  readonly payment: 'none' | 'pending' | 'declined' | 'authorised' | 'captured' | 'voided' | 'refunded' | 'closed';
  /** How often the card was charged, and how often all of that was given back. */
  readonly taken: number;
  readonly returned: number;
  readonly parcel: 'none' | 'refused' | 'booked' | 'cancelled' | 'withdrawn';
  /** The steps of which a request has left the platform. */
  readonly sent: readonly string[];
}

export const NEW_ORDER: Order = {
  executions: [],
  late: [],
  log: [],
  goods: 'none',
  payment: 'none',
  taken: 0,
  returned: 0,
  parcel: 'none',
  sent: [],
};

export interface World {
  /** Units that nobody holds. */
  readonly free: number;
  /** Units that a supplier has still to bring. */
  readonly coming: number;
  /** In the order of their texts: no order is another one's better. */
  readonly orders: readonly Order[];
  /** How many more things may go wrong. */
  readonly faults: number;
}

export const has = ({ log }: Order, fact: Fact): boolean => log.includes(fact);

export const withFact = (order: Order, fact: Fact): Order =>
  has(order, fact) ? order : { ...order, log: [...order.log, fact].sort() };

export const withSent = (order: Order, step: string): Order =>
  order.sent.includes(step) ? order : { ...order, sent: [...order.sent, step].sort() };
