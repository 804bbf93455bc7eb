/** What a case came to. */
import { type BookedOrder, type Differences, stateOf } from './books.ts';
import type { Case } from './cases.ts';

/** What became of the orders of a load. */
export interface Result {
  readonly seed: number;
  readonly orders: number;
  /** Orders by what became of them, such as `processing` or `cancelled, out_of_stock`. */
  readonly ends: Readonly<Record<string, number>>;
  /** From the end of the trouble to the last event of the orders that it met, in seconds. */
  readonly recoverySeconds: number;
  /** The most states that one order's executions entered. */
  readonly mostTransitions?: number;
  /** Orders that had not come to rest when the test stopped waiting. */
  readonly restless: readonly string[];
  readonly differences: Differences;
}

export interface Outcome extends Result {
  readonly case: Case;
  /** Requests that the partners got while they were away. */
  readonly callsWhileDown: number;
}

export const isClean = ({ differences, restless }: Result): boolean =>
  restless.length === 0 && Object.values(differences).every((found: readonly string[]) => found.length === 0);

export function endsOf(orders: readonly BookedOrder[]): Record<string, number> {
  const names = orders.map((order) => {
    const state = stateOf(order);
    return 'reason' in state ? `${state.status}, ${state.reason}` : state.status;
  });
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length] as const);
  return Object.fromEntries(counts.toSorted(([one], [other]) => one.localeCompare(other)));
}
