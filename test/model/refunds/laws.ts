/** What must hold of refunds in every world that can come about, and in each in which nothing is left to happen by itself. */
import { balancesOf, NO_BOOK } from '../../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../../functions/ledger/domain/findings.ts';
import { fold } from '../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/state.ts';
import type { RecordedOrderEvent, TaskResolved } from '../../../functions/published/order-events.ts';
import { givenBack, isReversal } from '../../../functions/published/order-refunds.ts';
import { isCancelled } from '../../../functions/published/order-rest.ts';
import { TOTAL } from '../../support/orders/refunded-order.ts';
import { openTask, promised, type World } from './world.ts';

const madeAt = ({ tried }: World): number =>
  tried.reduce((sum, { status, amount }) => sum + (status === 'made' ? amount.amount : 0), 0);

/** The law that a world breaks; undefined when it keeps all. */
export function brokenLaw(world: World): string | undefined {
  const { events, tried } = world;
  if (madeAt(world) > TOTAL.amount) return 'no more is given back than was taken';
  const given = givenBack(events);
  if (given < 0) return 'no more comes again than was given back';
  const order = fold(events) as ExistingOrder;
  const isDelivering = order.status === 'processing';
  const isOurs = !tried.some(({ id }) => id === 're_1');
  if (isDelivering && isOurs && promised(events) > TOTAL.amount) return 'no more is promised than was taken';
  for (const id of new Set(tried.map((one) => one.id))) {
    const attempts = tried.filter((one) => one.id === id);
    const wishes = events.filter(
      ({ type, data }) =>
        type === 'TaskResumed' && (data.refundId === id || (data.kind === 'compensation' && id.startsWith('saga-'))),
    ).length;
    if (attempts.filter(({ status }) => status === 'made').length > 1) return 'a refund is made once';
    if (attempts.length > 1 + wishes) {
      return 'a refund that has failed is made again when a person wants it, once for each wish';
    }
  }
  if (new Set(events.map(({ eventId }) => eventId)).size < events.length) return 'an event is recorded once';
  const always = ['EntriesSumToZero', 'BooksShowTheCharge'];
  const wrong = findingsOf(events, bookOf(world)).find(({ rule }) => always.includes(rule));
  return wrong && `the books balance (${wrong.rule})`;
}

const bookOf = ({ events }: World) => ({ ...NO_BOOK, entries: missingEntries(events, NO_BOOK) });

/** The law that a world breaks in which every message is consumed, and the channel has told everything. */
export function brokenAtRest(world: World): string | undefined {
  const { events } = world;
  const wrong = findingsOf(events, bookOf(world)).find(({ underWay }) => !underWay);
  if (wrong) return `the books balance (${wrong.rule})`;
  const outside = events.findLast(
    (event) => event.type === 'TaskResolved' && event.data.resolution === 'done_outside',
  ) as RecordedOrderEvent<TaskResolved> | undefined;
  const order = fold(events) as ExistingOrder;
  const given = givenBack(events);
  if (given > TOTAL.amount) return 'no more is on record as given back than was taken';
  if (given > madeAt(world)) return 'a refund that has failed is not counted';
  const isSettled = isCancelled(events) && outside?.data.kind === 'compensation';
  if (given < madeAt(world)) return 'a refund that was made is on record';
  const tasks = [...openTask(world, 'refund'), ...openTask(world, 'compensation')];
  if (isCancelled(events)) {
    if (isSettled) {
      const last = events.findLast(isReversal)?.version ?? 0;
      return last > outside.version && tasks.length === 0
        ? 'a person knows what fails after they have settled the rest'
        : undefined;
    }
    if (outside !== undefined) return undefined;
    if (given < TOTAL.amount && tasks.length === 0) {
      return 'the money of a cancelled order is back, or a person sees to it';
    }
    return given === TOTAL.amount && tasks.length > 0 ? 'nobody has a task about money that is back' : undefined;
  }
  for (const { refundId, status } of order.refunds) {
    if (status === 'requested') return 'a refund that was requested comes to an end';
    const isTask = tasks.some((task) => task.refundId === refundId);
    if (status === 'refunded' && isTask) return 'nobody has a task about a refund that was made';
    // All refunds here are alike: one that was requested again takes the place of the one before it, and that one's task.
    const others = order.refunds.filter((other) => other.refundId !== refundId);
    const isMoot =
      others.some(({ status: theirs }) => theirs !== 'failed') ||
      others.some((other) => tasks.some((task) => task.refundId === other.refundId));
    if (status === 'failed' && !isTask && !isMoot) return 'a refund that has failed is a person’s task';
  }
  const clearing = balancesOf(bookOf(world)).of('clearing', TOTAL.currency);
  return tasks.length === 0 && clearing !== 0 ? 'all money is for something' : undefined;
}
