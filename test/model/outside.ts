/** What customers, the warehouse and consumers of events do. */
import { has, type Order } from './order.ts';
import type { Begun } from './steps.ts';

/** The error of a call that a partner with an open circuit does not get. */
export const NOT_SENT = 'CircuitOpen';

/** What customers, the warehouse, consumers of events and AwaitRecovery do. */
export interface Outside {
  readonly mayRequestCancellation: (order: Order) => boolean;
  readonly mayShip: (order: Order) => boolean;
  /** The consumer of OrderShipped. */
  readonly confirmReservation: (free: number, order: Order) => Begun;
  /** What gives goods to orders that wait for them; undefined when the order gets none. */
  readonly fillBackorder: (free: number, order: Order) => Pick<Begun, 'free' | 'order'> | undefined;
  /** Whether AwaitRecovery may say that nothing of the step was sent. */
  readonly nothingSent: (wait: {
    readonly error: string;
    readonly retries: number;
    readonly waited: boolean;
  }) => boolean;
}

/** The platform as it is. */
export const OUTSIDE: Outside = {
  mayRequestCancellation: (order) =>
    !['requested', 'cancelled', 'declined', 'shipped'].some((fact) => order.log.includes(fact as never)),
  mayShip: (order) => has(order, 'confirmed') && !has(order, 'requested') && !has(order, 'shipped'),
  confirmReservation: (free, order) =>
    order.goods === 'held'
      ? { free, order: { ...order, goods: 'sold' } }
      : { free, order, error: 'ReservationNotHeld' },
  fillBackorder: (free, order) =>
    free > 0 && order.goods === 'waiting' && !has(order, 'requested') && !has(order, 'cancelled')
      ? { free: free - 1, order: { ...order, goods: 'held' } }
      : undefined,
  nothingSent: ({ error, retries, waited }) => error === NOT_SENT && retries === 0 && !waited,
};
