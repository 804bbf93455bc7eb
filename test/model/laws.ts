/** What must hold in every world that can come about, and in each in which nothing is left to happen. */
import { has, type Order, type World } from './order.ts';

const holds = ({ goods }: Order): boolean => goods === 'held' || goods === 'sold';

/** The law that a world breaks; undefined when it keeps all. */
export function brokenLaw({ free, coming, orders }: World, units: number): string | undefined {
  if (free < 0) return 'stock is never negative';
  if (free + coming + orders.filter(holds).length !== units) return 'free, held and sold units are all units';
  return orders.map(brokenByOrder).find((law) => law !== undefined);
}

function brokenByOrder(order: Order): string | undefined {
  const { payment, taken, returned, goods, executions, parcel } = order;
  if (goods === 'waiting' && payment !== 'none' && payment !== 'closed') {
    return 'no card is touched while an order waits for goods';
  }
  if (taken > 1) return 'a card is charged once';
  if (returned > taken) return 'no more is given back than was taken';
  if (taken - returned !== (payment === 'captured' ? 1 : 0)) return 'money taken is captured or given back';
  if (has(order, 'captured') && !has(order, 'authorised')) return 'nothing is captured without an authorisation';
  if (has(order, 'confirmed') && taken === 0) return 'a confirmed order was paid';
  if (has(order, 'shipped') && (returned > 0 || parcel !== 'booked')) return 'goods that left are paid for, and booked';
  if (has(order, 'shipped') && !holds(order)) return 'goods that left were held';
  if (goods === 'sold' && !has(order, 'shipped')) return 'only what has left is sold';
  if (executions.some(({ end }) => end === 'failed')) return 'no saga fails';
  if (executions.some(({ insists }) => insists)) return 'what was refused is not asked again';
  return undefined;
}

/** The law that a world at rest breaks, in which every saga has ended and no call is under way. */
export function brokenAtRest({ orders }: World): string | undefined {
  return orders.map(brokenAtRestBy).find((law) => law !== undefined);
}

function brokenAtRestBy(order: Order): string | undefined {
  if (order.executions.some(({ end }) => end === undefined)) return 'every saga ends';
  const isCancelled = has(order, 'cancelled');
  if (!isCancelled && !has(order, 'confirmed')) return 'every order ends confirmed or cancelled';
  if (isCancelled) {
    if (order.goods === 'waiting') return 'a cancelled order waits for no goods';
    if (holds(order)) return 'a cancelled order holds no goods';
    if (order.payment === 'authorised' || order.payment === 'captured') return 'a cancelled order holds no money';
    if (order.payment === 'pending') return 'a cancelled order cannot be paid any more';
    if (order.parcel === 'booked') return 'a cancelled order has no parcel';
    return brokenReason(order);
  }
  if (!holds(order)) return 'a confirmed order has its goods';
  if (order.payment !== 'captured') return 'a confirmed order is paid';
  if (order.parcel !== 'booked') return 'a confirmed order has a parcel';
  return has(order, 'shipped') && order.goods !== 'sold' ? 'goods that left are sold' : undefined;
}

/** The customer is told the truth. */
function brokenReason(order: Order): string | undefined {
  const { reason, payment, parcel, goods } = order;
  if (reason === 'payment_declined' && payment !== 'declined') {
    return 'an order is cancelled as declined when its card was';
  }
  if (reason === 'address_refused' && parcel !== 'refused') {
    return 'an order is cancelled for its address when that was refused';
  }
  if (reason === 'backorder_expired' && !has(order, 'backordered')) {
    return 'an order is cancelled over goods that did not come when it has waited for them';
  }
  if (reason === 'out_of_stock' && goods !== 'short') {
    return 'an order is cancelled as out of stock when there was too little';
  }
  return undefined;
}

/** Whether an order has come to the end that everybody wants. */
export const hasSold = ({ orders }: World): boolean => orders.some((order) => has(order, 'sold'));
