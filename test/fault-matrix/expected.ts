/** What a case has to come to. */
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { RecordedOrderEvent } from '../../functions/published/order-events.ts';
import { ITEMS_CHANGE } from '../support/saga/definition.ts';
import { pathFrom } from '../support/saga/order-saga.ts';
import { FAULTS, type FaultName } from './faults.ts';
import type { AtRest } from './laws.ts';
import type { Place } from './places.ts';
import type { End, Situation } from './situations.ts';

/** What was tried, and whether the fault happened. */
export interface Tried {
  readonly situation: Situation;
  readonly place?: Place | undefined;
  readonly fault?: FaultName | undefined;
  readonly struck: boolean;
  /** Whether a refund has failed after it was made. */
  readonly refundFailed: boolean;
}

/** How the end differs from what it has to be; empty when it is right. */
export function wrongEnd(tried: Tried, { stream, stock }: Pick<AtRest, 'stream' | 'stock'>): string[] {
  const order = fold(stream) as ExistingOrder;
  const { status, reasons = [], change, keeps } = endOf(tried, stream);
  const requests = stream.flatMap((event) => (event.type === 'ItemsChangeRequested' ? [event.data.changeId] : []));
  // The items of an order that waits for goods are changed at once, without a request.
  const answered = stream.flatMap(({ type, data }) =>
    (type === 'ItemsChanged' || type === 'ItemsChangeRefused') && requests.includes(data.changeId)
      ? [type === 'ItemsChanged' ? 'made' : 'refused']
      : [],
  );
  const asked = requests.length;
  const reason = 'reason' in order ? order.reason : undefined;
  return [
    ...(order.status === status ? [] : [`It is ${order.status} (${reason ?? 'no reason'}), expected ${status}.`]),
    ...(reason === undefined || reasons.includes(reason)
      ? []
      : [`It was cancelled for ${reason}, expected ${reasons.join(' or ') || 'no cancellation'}.`]),
    ...Object.entries(keeps ?? {})
      .map(([article, units]) => ({ article, units, has: keptOf(article, stock) }))
      .filter(({ units, has }) => has !== units)
      .map(({ article, units, has }) => `${has} ${article} are kept for the order or sold, expected ${units}.`),
    ...(answered.length === asked ? [] : [`${asked} changes were asked for, and ${answered.length} answered.`]),
    ...answered
      .filter((answer) => change !== 'either' && answer !== change)
      .map((answer) => `The change of items was ${answer}, expected ${change}.`),
    ...wrongTasks(tried, stream),
  ];
}

const keptOf = (article: string, stock: AtRest['stock']): number => {
  const { reserved = 0, sold = 0 } = stock.get(article) ?? {};
  return reserved + sold;
};

/** The customer's own cancellation counts most; else a defect of a forward step undoes what was done; else the situation decides. */
function endOf(tried: Tried, stream: readonly RecordedOrderEvent[]): End {
  const { situation, place } = tried;
  const request = stream.find((event) => event.type === 'CancellationRequested');
  if (request) return { status: 'cancelled', reasons: [request.data.reason], change: 'either' };
  // The customer would have cancelled later: the saga did not come so far.
  const end: End = situation.end.reasons?.includes('customer_request') ? { status: 'processing' } : situation.end;
  if (!isDefect(tried) || place?.role !== 'forward') return end;
  if (place.saga === ITEMS_CHANGE) return { ...end, change: place.state === PIVOT ? 'either' : 'refused' };
  const unexpected = place.saga.task(place.state).Catch.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
  const reason = unexpected?.Assign?.['reason'] as NonNullable<End['reasons']>[number] | undefined;
  return { status: 'cancelled', reasons: reason === undefined ? [] : [reason] };
}

/** After its effect, the change is made whatever becomes of the answer. */
const PIVOT = pathFrom(ITEMS_CHANGE, ITEMS_CHANGE.definition.StartAt).at(-1);

const isDefect = ({ fault, struck }: Tried): boolean => struck && fault !== undefined && FAULTS[fault].isDefect;

/** A person is called for what has to be done in the end and fails by a defect, and for nothing else. */
function wrongTasks(tried: Tried, stream: readonly RecordedOrderEvent[]): string[] {
  const opened = stream.flatMap((event) =>
    event.type === 'TaskOpened' ? [`${event.data.kind} of ${event.data.step ?? 'the order'}`] : [],
  );
  const isCalled = isDefect(tried) && tried.place?.role === 'must end';
  if (isCalled || tried.refundFailed) return opened.length > 0 ? [] : ['No person was called.'];
  return opened.map((task) => `A person was called for nothing: ${task}.`);
}
