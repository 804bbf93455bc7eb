/** What a case has to come to. */
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { RecordedOrderEvent } from '../../functions/published/order-events.ts';
import { ITEMS_CHANGE } from '../support/saga/definition.ts';
import { FAULTS, type FaultName } from './faults.ts';
import type { Place } from './places.ts';
import type { End, Situation } from './situations.ts';

/** What was tried, and whether the fault happened. */
export interface Tried {
  readonly situation: Situation;
  readonly place?: Place | undefined;
  readonly fault?: FaultName | undefined;
  readonly struck: boolean;
}

/** How the end differs from what it has to be; empty when it is right. */
export function wrongEnd(tried: Tried, stream: readonly RecordedOrderEvent[]): string[] {
  const order = fold(stream) as ExistingOrder;
  const { status, reasons = [], change } = endOf(tried, stream);
  const answered = stream.flatMap(({ type }) =>
    type === 'ItemsChanged' ? ['made'] : type === 'ItemsChangeRefused' ? ['refused'] : [],
  );
  const asked = stream.filter(({ type }) => type === 'ItemsChangeRequested').length;
  const reason = 'reason' in order ? order.reason : undefined;
  return [
    ...(order.status === status ? [] : [`It is ${order.status} (${reason ?? 'no reason'}), expected ${status}.`]),
    ...(reason === undefined || reasons.includes(reason)
      ? []
      : [`It was cancelled for ${reason}, expected ${reasons.join(' or ') || 'no cancellation'}.`]),
    ...(answered.length === asked ? [] : [`${asked} changes were asked for, and ${answered.length} answered.`]),
    ...answered
      .filter((answer) => change !== 'either' && answer !== change)
      .map((answer) => `The change of items was ${answer}, expected ${change}.`),
    ...wrongTasks(tried, stream),
  ];
}

/** What the situation comes to; a defect of a forward step undoes what was done, and the customer's own cancellation counts most. */
function endOf({ situation, place, fault, struck }: Tried, stream: readonly RecordedOrderEvent[]): End {
  const { end } = situation;
  const request = stream.find((event) => event.type === 'CancellationRequested');
  const defect = struck && fault !== undefined && FAULTS[fault].isDefect && place?.role === 'forward';
  const change = defect && place.saga === ITEMS_CHANGE ? 'refused' : end.change;
  const changed = change === undefined ? {} : { change };
  if (request) return { status: 'cancelled', reasons: [request.data.reason], ...changed };
  if (!defect || place.saga === ITEMS_CHANGE) return { ...end, ...changed };
  const unexpected = place.saga.task(place.state).Catch.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
  const reason = unexpected?.Assign?.['reason'] as NonNullable<End['reasons']>[number] | undefined;
  return { status: 'cancelled', reasons: reason === undefined ? [] : [reason], ...changed };
}

/** A person is called for what has to be done in the end and fails by a defect, and for nothing else. */
function wrongTasks({ place, fault, struck }: Tried, stream: readonly RecordedOrderEvent[]): string[] {
  const opened = stream.flatMap((event) =>
    event.type === 'TaskOpened' ? [`${event.data.kind} of ${event.data.step ?? 'the order'}`] : [],
  );
  const isCalled = struck && fault !== undefined && FAULTS[fault].isDefect && place?.role === 'must end';
  if (isCalled) return opened.length > 0 ? [] : ['No person was called.'];
  return opened.map((task) => `A person was called for nothing: ${task}.`);
}
