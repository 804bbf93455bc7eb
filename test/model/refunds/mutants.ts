/** Ways in which refunds could go wrong, each of which a law has to find. */
import type { PaymentGateway } from '../../../functions/payments/application/ports.ts';
import type { OrderEvent } from '../../../functions/published/order-events.ts';
import { factId } from '../../../functions/shared/kernel/ids.ts';
import { ORDER_ID } from '../../support/orders/streams.ts';
import type { RefundChannel } from './channel.ts';
import type { Budget, Wrong } from './world.ts';

/** The channel with some of its operations replaced. */
const channel =
  (change: (of: RefundChannel) => Partial<PaymentGateway>): NonNullable<Wrong['gateway']> =>
  (of) => {
    const kept = Object.fromEntries(
      (['find', 'refund', 'void', 'capture'] as const).map((name) => [name, (of as RefundChannel)[name].bind(of)]),
    );
    return { capabilities: of.capabilities, ...kept, ...change(of as RefundChannel) } as PaymentGateway;
  };

const written =
  (change: (event: OrderEvent) => readonly OrderEvent[]): NonNullable<Wrong['written']> =>
  (events) =>
    events.flatMap(change);

const dropped = (type: OrderEvent['type']) => written((event) => (event.type === type ? [] : [event]));
let ids = 0;

const NOTHING: Budget = {
  requests: 0,
  failures: 0,
  wishes: 0,
  dashboards: 0,
  outsides: 0,
  cancellations: 0,
  faults: 0,
};
/** Small first: most mutants break a law soon. The others look deeper, and take seconds. */
export const OF_REFUNDS: readonly Budget[] = [
  { ...NOTHING, requests: 1, failures: 1, wishes: 1 },
  { ...NOTHING, requests: 1, failures: 1, wishes: 1, cancellations: 1 },
  { ...NOTHING, requests: 1, failures: 1, wishes: 1, dashboards: 1 },
  { ...NOTHING, requests: 2, failures: 1, outsides: 1, cancellations: 1 },
  { ...NOTHING, requests: 1, failures: 1, wishes: 1, faults: 1 },
  { ...NOTHING, requests: 1, failures: 1, cancellations: 1, faults: 1 },
  { ...NOTHING, requests: 1, failures: 2, outsides: 2, cancellations: 1 },
  { ...NOTHING, requests: 2, failures: 2, wishes: 2, cancellations: 1 },
  { ...NOTHING, requests: 1, failures: 2, wishes: 1, dashboards: 1, outsides: 1 },
  { ...NOTHING, requests: 1, failures: 1, wishes: 1, dashboards: 1, cancellations: 1 },
  { ...NOTHING, requests: 1, failures: 1, dashboards: 1, outsides: 1, cancellations: 1 },
  { ...NOTHING, failures: 2, dashboards: 1, outsides: 2, cancellations: 1 },
  { ...NOTHING, requests: 2, failures: 1, wishes: 1, cancellations: 1, faults: 1 },
  { ...NOTHING, requests: 1, failures: 1, wishes: 1, dashboards: 1, faults: 1 },
  { ...NOTHING, requests: 1, failures: 1, wishes: 1, cancellations: 1, faults: 2 },
];

export const REFUND_MUTANTS: Readonly<Record<string, Wrong>> = {
  'a refund whose message comes again is another one': {
    gateway: channel((of) => ({
      refund: async (_, id, amount) => {
        of.tried = [...of.tried, { id, amount, status: 'made' }];
        return of.find();
      },
    })),
  },
  'a refund that has failed is made anew by itself': {
    gateway: channel((of) => ({ refund: (id, refundId, amount) => of.refund(id, refundId, amount, true) })),
  },
  'a refund that fails later is taken for one that was never made': {
    written: written((event) =>
      event.type === 'RefundFailed'
        ? [{ ...event, data: { refundId: event.data.refundId, reason: event.data.reason } }]
        : [event],
    ),
  },
  'a failure is not recorded': { written: dropped('RefundFailed') },
  'nobody is told of a failure': { written: dropped('TaskOpened') },
  'a refund that was made is not recorded': { written: dropped('PaymentRefunded') },
  'the task of a refund that was made stays open': { written: dropped('TaskResolved') },
  'who has lost a race records all the same, as another fact': {
    records: 'whatever came first',
    written: written((event) => {
      ids += 1;
      return [{ ...event, eventId: factId(ORDER_ID, `mutant ${ids}`) }];
    }),
  },
  'notifications are ignored': { ignores: ['PaymentNotified'] },
  'a cancellation gives nothing back': { ignores: ['CancellationRequested', 'OrderCancelled'] },
  'a wish is ignored': { ignores: ['TaskResumed'] },
  'a request is ignored': { ignores: ['RefundRequested'] },
  'the channel is not believed when it says that a refund has failed': {
    gateway: channel((of) => ({
      find: async () => {
        const payment = await of.find();
        return 'failed' in payment ? { ...payment, failed: [] } : payment;
      },
    })),
  },
  'a refund that somebody has made at the channel is overlooked': {
    gateway: channel((of) => ({
      find: async () => {
        const payment = await of.find();
        if (!('refunds' in payment)) return payment;
        return { ...payment, refunds: payment.refunds.filter(({ refundId }) => refundId !== 're_1') };
      },
    })),
  },
  'a refund that somebody has made at the channel is not told from ours': {
    written: written((event) => {
      if (event.type !== 'PaymentRefunded' || event.data.atChannel === undefined) return [event];
      const { atChannel: _, ...data } = event.data;
      return [{ ...event, data }];
    }),
  },
  'what is requested counts as nothing before it is made': {
    seen: (events) => events.filter(({ type }) => type !== 'RefundRequested'),
  },
  'a refund that was made counts as nothing': {
    seen: (events) => events.filter(({ type }) => type !== 'PaymentRefunded' && type !== 'RefundRequested'),
  },
};
