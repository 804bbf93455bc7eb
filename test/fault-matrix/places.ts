/** Where something can go wrong: every Task of every saga, read from the definitions, and consumers of events beside each saga. */

import type { Consumers } from '../fault/virtual/functions.ts';
import { CANCELLATION_SAGA, functionArn, ITEMS_CHANGE, ORDER_SAGA, type Saga } from '../support/saga/definition.ts';
import { pathFrom } from '../support/saga/order-saga.ts';

/** What a failure of a Task for good comes to. */
export type Role =
  /** Something is done for the order, which can still be undone. */
  | 'forward'
  /** It has to be done in the end: past the pivot, or undoing what was done. */
  | 'must end'
  /** The saga is registered to wait. */
  | 'wait'
  /** A consumer of events beside the saga: what it fails on comes again. */
  | 'consumer';

export interface Place {
  readonly saga: Saga;
  readonly state: string;
  readonly role: Role;
}

/** The steps that are done when all goes well; the last one of the order saga is past the pivot. */
const forwardOf = ({ name, definition, tasks }: Saga): readonly string[] => {
  const path = pathFrom({ tasks }, definition.StartAt);
  if (name === ORDER_SAGA.name) return path.slice(0, -1);
  return name === ITEMS_CHANGE.name ? path : [];
};

const placesOf = (saga: Saga): Place[] => {
  const forward = forwardOf(saga);
  const roleOf = (state: string): Role => {
    if (saga.waits.includes(state)) return 'wait';
    return forward.includes(state) ? 'forward' : 'must end';
  };
  return [...saga.tasks.keys()].map((state) => ({ saga, state, role: roleOf(state) }));
};

export const SAGAS: readonly Saga[] = [ORDER_SAGA, CANCELLATION_SAGA, ITEMS_CHANGE];
/** The consumers that move money or goods. */
const CONSUMERS: readonly (keyof Consumers)[] = [
  'fillBackorders',
  'confirmReservation',
  'restockReturns',
  'refundPayment',
  'settleLatePayment',
];
export const PLACES: readonly Place[] = SAGAS.flatMap((saga) => [
  ...placesOf(saga),
  ...CONSUMERS.map((state): Place => ({ saga, state, role: 'consumer' })),
]);

export const nameOf = ({ saga, state }: Pick<Place, 'saga' | 'state'>): string => `${saga.name}/${state}`;

interface Failures {
  readonly failures?: readonly { readonly step: string; readonly error: string }[];
}

/** The Task that invokes this function with this payload. */
export function stateOf(arn: string, payload: string): string {
  const { failures } = JSON.parse(payload) as Failures;
  for (const saga of SAGAS) {
    const step = saga.steps.find((name) => functionArn(name) === arn);
    if (step !== undefined) return step;
    const [first] = failures ?? [];
    const told = (state: string): string => JSON.stringify(saga.task(state).Arguments['Payload']);
    const wait =
      saga.waits.find((state) => told(state).includes(`"error":"${first?.error}"`)) ??
      saga.waits.find((state) => told(state).includes(`"step":"${first?.step}"`));
    if (wait !== undefined) return wait;
  }
  const ofAll = CANCELLATION_SAGA.waits.find((state) =>
    JSON.stringify(CANCELLATION_SAGA.task(state).Arguments['Payload']).includes('$unfinished'),
  );
  if (ofAll === undefined) throw new RangeError(`No Task of a saga invokes ${arn} with ${payload}.`);
  return ofAll;
}
