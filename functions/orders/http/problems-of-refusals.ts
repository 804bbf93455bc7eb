import { keyReused, orderAtOtherVersion } from '../../shared/http/command-problems.ts';
import { invalidBody } from '../../shared/http/invalid-request.ts';
import { orderNotFound } from '../../shared/http/order-path.ts';
import { Problem } from '../../shared/http/problem.ts';
import { CONFLICTING_CHANGE, REQUEST_REFUSED } from '../../shared/http/problems.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import { type Currency, inWords } from '../../shared/kernel/money.ts';
import type { BusRefusal } from '../application/command-bus.ts';
import type { PlacingRefusal } from '../application/place-order.ts';
import type { AmountNotTaken } from '../domain/payable-amounts.ts';
import {
  DISCOUNT_NOT_APPLICABLE,
  ILLEGAL_TRANSITION,
  NOTHING_TO_CHARGE,
  ORDER_TOO_LARGE,
  RETURN_NOT_FOUND,
  SHIPMENT_NOT_FOUND,
  UNKNOWN_SKU,
} from './problems.ts';
import { whyNoDiscount } from './why-no-discount.ts';

/** The problem that a client gets when its order, or its change of items, cannot be priced or placed. */
export function problemOfRefusal(refusal: PlacingRefusal): Problem {
  switch (refusal.kind) {
    case 'unknown-skus':
      return new Problem(UNKNOWN_SKU, `The catalogue does not list ${refusal.skus.join(', ')}.`);
    case 'mixed-currencies':
      return invalidBody([{ pointer: '/items', detail: inDifferentCurrencies(refusal.skus) }]);
    case 'discount-not-applicable':
      return new Problem(DISCOUNT_NOT_APPLICABLE, whyNoDiscount(refusal));
    case 'nothing-to-charge':
      return new Problem(
        NOTHING_TO_CHARGE,
        refusal.isFreeWithoutCodes
          ? 'All these articles are free, and there would be nothing to charge the card with: add one that has a price.'
          : 'These codes make the order free, and there would be nothing to charge the card with: leave a code out.',
      );
    case 'total-too-large':
      return new Problem(ORDER_TOO_LARGE, 'The total of this order is beyond what can be charged.');
    case 'currency-not-taken':
      return new Problem(
        REQUEST_REFUSED,
        `The order is in ${refusal.currency}, and ${refusal.method} takes ${refusal.takes} only. Choose another method of payment.`,
      );
    case 'amount-not-taken':
      return new Problem(
        REQUEST_REFUSED,
        `${whatIsTaken(refusal)} Change the items, or choose another method of payment.`,
      );
    case 'id-in-use':
      return keyReused();
    default:
      return assertNever(refusal);
  }
}

const whatIsTaken = ({ method, amount, step }: AmountNotTaken): string =>
  `${inWords(amount)} cannot be paid by ${method}, which takes multiples of ${inWords(step)}.`;

function inDifferentCurrencies(skus: ReadonlyMap<Currency, readonly Sku[]>): string {
  const priced = [...skus].map(([currency, of]) => `${of.join(', ')} in ${currency}`);
  return `The articles are priced in different currencies: ${priced.join('; ')}. Order those of each currency apart.`;
}

/** The problem that a client gets when its command is refused. */
export function problemOfBusRefusal(orderId: OrderId, refusal: BusRefusal): Problem {
  switch (refusal.kind) {
    case 'order-not-found':
      return orderNotFound(orderId);
    case 'version-mismatch':
      return orderAtOtherVersion(refusal);
    case 'illegal-transition': {
      const { command, from, to, allowedIn } = refusal;
      const aim = to === 'unchanged' ? `${command} is` : `${command}, which makes it ${to}, is`;
      return new Problem(
        ILLEGAL_TRANSITION,
        `The order is ${from}; ${aim} possible only while it is ${allowedIn.join(', ')}.`,
      );
    }
    case 'incomplete':
      return new Problem(
        ILLEGAL_TRANSITION,
        `The payment of the order is ${refusal.payment}, its shipment ${refusal.shipment}.`,
      );
    case 'shipment-arranged':
      return new Problem(
        ILLEGAL_TRANSITION,
        'The shipment of the order is arranged: its items and its address stay as they are.',
      );
    case 'change-pending':
      return new Problem(CONFLICTING_CHANGE, 'Another change of the items is being carried out. Wait for its end.', {
        headers: { 'Retry-After': '1' },
      });
    case 'needs-review':
      return new Problem(
        REQUEST_REFUSED,
        'With these items an operator would have to approve the order first. Cancel it and place a new one.',
      );
    case 'amount-not-taken':
      return new Problem(REQUEST_REFUSED, whatIsTaken(refusal));
    case 'currency-differs':
      return new Problem(REQUEST_REFUSED, `The amount is in ${refusal.got}; the order is in ${refusal.expected}.`);
    case 'too-many-units':
      return new Problem(
        REQUEST_REFUSED,
        `${refusal.wanted} of ${refusal.sku} cannot go back: ${refusal.left} are left.`,
      );
    case 'refund-exceeds-payment':
      return new Problem(
        REQUEST_REFUSED,
        `${inWords(refusal.wanted)} cannot be refunded: ${inWords(refusal.left)} are left of the payment.`,
      );
    case 'nothing-to-refund':
      return new Problem(REQUEST_REFUSED, 'There is nothing to refund: all that was paid for this is refunded.');
    case 'nothing-paid':
      return new Problem(
        REQUEST_REFUSED,
        `There is nothing to refund: the customer paid nothing for ${refusal.skus.join(', ')}.`,
      );
    case 'cancel-instead':
      return new Problem(
        REQUEST_REFUSED,
        'This would refund the whole payment before the parcel has left. Cancel the order instead.',
      );
    case 'return-window-over':
      return new Problem(
        REQUEST_REFUSED,
        `The goods were delivered on ${refusal.deliveredAt.slice(0, 10)}, and can be sent back for ${refusal.days} days. Ask the shop, which may take them nevertheless.`,
      );
    case 'unknown-return':
      return new Problem(RETURN_NOT_FOUND, `The order has no return ${refusal.returnId.slice(0, 64)}.`);
    case 'unknown-shipment':
      return new Problem(SHIPMENT_NOT_FOUND, `The order has no shipment ${refusal.shipmentId.slice(0, 64)}.`);
    case 'shipment-not-handed-over':
      return new Problem(
        ILLEGAL_TRANSITION,
        'The carrier does not have the parcel yet: it is to be handed over first.',
      );
    case 'return-closed':
      return new Problem(
        REQUEST_REFUSED,
        `The return is ${refusal.status}, and nothing of it is undecided. Request another return for these goods.`,
      );
    case 'more-than-undecided':
      return new Problem(
        REQUEST_REFUSED,
        `This decides about ${refusal.wanted} of ${refusal.sku}; the return waits for ${refusal.left}.`,
      );
    case 'order-exists':
    case 'command-reused':
      return keyReused();
    default:
      return assertNever(refusal);
  }
}
