/** Everything that can happen next to an order of which money goes back. The consumers are the real ones. */
import type { OrderCommand } from '../../../functions/orders/domain/decide/decide.ts';
import { noticeRefunds } from '../../../functions/payments/application/notice-refunds.ts';
import { refundPayment } from '../../../functions/payments/application/refund.ts';
import { settleLatePayment } from '../../../functions/payments/application/settle-late-payment.ts';
import { voidPayment } from '../../../functions/payments/application/void.ts';
import { PaymentRequestRefused } from '../../../functions/payments/domain/errors.ts';
import type { RecordedOrderEvent, TaskOpened } from '../../../functions/published/order-events.ts';
import { money } from '../../../functions/shared/kernel/money.ts';
import { openTask as openTaskOf } from '../../../functions/shared/saga-step/open-task.ts';
import { FIRST, SECOND, TOTAL } from '../../support/orders/refunded-order.ts';
import { EVENTS, ORDER_ID, START } from '../../support/orders/streams.ts';
import { type Loss, RefundChannel } from './channel.ts';
import { type Budget, commanded, openTask, promised, recorded, type World, WorldLog, type Wrong } from './world.ts';

export interface Move {
  readonly name: string;
  readonly to: World;
  readonly isProgress: boolean;
}

const PART = money(Math.ceil(TOTAL.amount * 0.6), TOTAL.currency);
const now = () => START;
const TERMS = { dueAt: START, isLastAttempt: false } as const;

const spent = (world: World, name: keyof Budget): World => ({
  ...world,
  left: { ...world.left, [name]: world.left[name] - 1 },
});

/** What people, the customer's bank and the channel do. */
function fromOutside(world: World, wrong: Wrong): readonly Move[] {
  const { left, tried, untold } = world;
  const moves: Move[] = [];
  const add = (name: string, to: World | undefined, isProgress = false): void => {
    if (to !== undefined) moves.push({ name, to, isProgress });
  };
  const command = (name: string, budget: keyof Budget, more: object): void => {
    if (left[budget] > 0) {
      add(name, commanded(spent(world, budget), { orderId: ORDER_ID, ...more } as OrderCommand, wrong));
    }
  };
  const isNew = (refundId: string) =>
    !world.events.some(({ type, data }) => type === 'RefundRequested' && data.refundId === refundId);
  const refundId = [FIRST, SECOND].find(isNew);
  if (refundId) {
    command('a refund is requested', 'requests', {
      type: 'RefundOrder',
      refundId,
      scope: { type: 'amount', amount: PART },
    });
  }
  command('the order is cancelled', 'cancellations', { type: 'RequestCancellation', reason: 'customer_request' });
  const last = tried.findLastIndex(({ status }) => status === 'made');
  if (left.failures > 0 && last >= 0) {
    const failed = { ...tried[last]!, status: 'failed' } as const;
    add('the bank of the customer sends a refund back', {
      ...spent(world, 'failures'),
      tried: tried.with(last, failed),
      untold: true,
    });
  }
  const open =
    TOTAL.amount - tried.reduce((sum, { status, amount }) => sum + (status === 'made' ? amount.amount : 0), 0);
  if (left.dashboards > 0 && open >= PART.amount) {
    add('somebody refunds at the channel', {
      ...spent(world, 'dashboards'),
      tried: [...tried, { id: 're_1', amount: PART, status: 'made' }],
      untold: true,
    });
  }
  if (untold) {
    const data = { channel: 'card', notificationId: `${world.events.length}`, ofRefund: true } as const;
    add('the channel tells', recorded({ ...world, untold: false }, { type: 'PaymentNotified', data }), true);
  }
  for (const task of [...openTask(world, 'refund'), ...openTask(world, 'compensation')]) {
    const about = subjectOf(task);
    if (left.wishes > 0) {
      add(`a person resumes the ${task.kind}`, recorded(spent(world, 'wishes'), { type: 'TaskResumed', data: about }));
    }
    // Who gives back outside what is promised again already gives it back twice, which no rule of the platform can undo.
    const isOwed = promised(world.events) + PART.amount <= TOTAL.amount;
    const isToBeMade = task.kind === 'compensation' || (isOwed && task.error !== 'made_at_channel');
    if (left.outsides > 0 && isToBeMade) {
      const data = { ...about, resolution: 'done_outside', evidence: 'receipt' } as const;
      add('a person has refunded outside', recorded(spent(world, 'outsides'), { type: 'TaskResolved', data }));
    }
  }
  return moves;
}

const subjectOf = ({ taskId, kind, step, refundId }: TaskOpened['data']) => ({
  taskId,
  kind,
  ...(step && { step }),
  ...(refundId && { refundId }),
});

export async function movesOf(world: World, wrong: Wrong = {}): Promise<readonly Move[]> {
  const moves = [...fromOutside(world, wrong)];
  for (const version of world.messages) {
    const event = world.events[version - 1]!;
    moves.push({ name: `${event.type} is consumed`, to: await consumed(world, event, wrong), isProgress: true });
    if (world.left.faults === 0) continue;
    const faulty = spent(world, 'faults');
    const ways = await Promise.all([
      ...(['not carried out', 'answer lost'] as const).map(async (loss) => ({
        how: loss,
        to: await consumed(faulty, event, wrong, { loss }),
      })),
      ...[0, 1].map(async (dies) => ({
        how: `dies before append ${dies}`,
        to: await consumed(faulty, event, wrong, { dies }),
      })),
      ...fromOutside(faulty, wrong).map(async ({ name }, index) => ({
        how: `meanwhile ${name}`,
        to: await consumed(faulty, event, wrong, { meanwhile: (at) => fromOutside(at, wrong)[index]?.to ?? at }),
      })),
      (async () => ({
        how: 'is consumed twice at once',
        to: await consumed(faulty, event, wrong, { meanwhile: (at) => consumed(at, event, wrong) }),
      }))(),
      (async () => ({
        how: 'and comes again',
        to: { ...(await consumed(faulty, event, wrong)), messages: faulty.messages },
      }))(),
    ]);
    moves.push(...ways.map(({ how, to }) => ({ name: `${event.type}: ${how}`, to, isProgress: false })));
  }
  return moves;
}

interface Fate {
  readonly loss?: Loss;
  readonly dies?: number;
  readonly meanwhile?: (world: World) => World | Promise<World>;
}

/** A consumer that fails leaves its message for another time. */
async function consumed(
  world: World,
  event: RecordedOrderEvent,
  wrong: Wrong,
  { loss, dies, meanwhile }: Fate = {},
): Promise<World> {
  const log = new WorldLog(world, wrong, dies);
  const interrupted =
    meanwhile &&
    (async () => {
      log.world = await meanwhile({ ...log.world, tried: channel.tried });
      channel.tried = log.world.tried;
    });
  const channel: RefundChannel = new RefundChannel(world.tried, loss, interrupted);
  const deps = { log: log.port, now, gateways: { card: wrong.gateway?.(channel) ?? channel } };
  let isDone = true;
  try {
    if (!wrong.ignores?.includes(event.type)) await consume(deps, event);
    if (event.type === 'CancellationRequested' || isOfCompensation(event)) log.world = cancelled(log.world, [], wrong);
  } catch (error) {
    isDone = false;
    if (error instanceof PaymentRequestRefused && event.type === 'CancellationRequested') {
      log.world = cancelled(log.world, [{ step: 'VoidPayment', error: error.name }], wrong);
      const task = {
        orderId: ORDER_ID,
        kind: 'compensation',
        step: 'VoidPayment',
        error: error.name,
        dueAt: START,
      } as const;
      isDone = await openTaskOf(deps, task, 'AwaitCompensation').then(
        () => true,
        () => false,
      );
    }
    // The saga waits for another wish.
    if (error instanceof PaymentRequestRefused && isOfCompensation(event)) isDone = true;
  }
  const messages = isDone ? log.world.messages.filter((version) => version !== event.version) : log.world.messages;
  return { ...log.world, tried: channel.tried, messages };
}

const isOfCompensation = ({ type, data }: RecordedOrderEvent): boolean =>
  type === 'TaskResumed' && data.kind === 'compensation';

async function consume(deps: Parameters<typeof noticeRefunds>[0], event: RecordedOrderEvent): Promise<void> {
  switch (event.type) {
    case 'RefundRequested':
    case 'TaskResumed': {
      const { refundId } = event.data;
      if (isOfCompensation(event)) return voidPayment(deps, { orderId: ORDER_ID });
      if (refundId === undefined) return undefined;
      const resumed = event.type === 'TaskResumed' ? { resumed: event } : {};
      return refundPayment(deps, { orderId: ORDER_ID, refundId, ...resumed, isLastAttempt: false, taskDueAt: START });
    }
    case 'PaymentNotified':
      await noticeRefunds(deps, ORDER_ID, { dueAt: START, isSure: true });
      return settleLatePayment(deps, ORDER_ID, TERMS);
    case 'OrderCancelled':
      return settleLatePayment(deps, ORDER_ID, TERMS);
    default:
      return voidPayment(deps, { orderId: ORDER_ID });
  }
}

/** The goods are released, and the order is cancelled. */
function cancelled(
  world: World,
  unfinished: readonly { readonly step: 'VoidPayment'; readonly error: string }[],
  wrong: Wrong,
): World {
  const isReleased = world.events.some(({ type }) => type === 'InventoryReleased');
  const released = isReleased ? world : recorded(world, EVENTS.released);
  const command = { type: 'CancelOrder', reason: 'customer_request', parked: [] } as const;
  return commanded(released, { ...command, orderId: ORDER_ID, unfinished }, wrong) ?? released;
}
