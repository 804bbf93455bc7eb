/** The use case behind `POST /api/v1/orders`: price the request from the catalogue and append OrderCreated. */
import type { Language, PaymentMethod, PromisedTimes, ShippingAddress } from '../../published/order-events.ts';
import type { CorrelationId, CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { Money } from '../../shared/kernel/money.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import { evolve } from '../domain/evolve.ts';
import { type AmountNotTaken, amountNotTaken, ONLY_CURRENCY } from '../domain/payable-amounts.ts';
import type { ReviewFrom } from '../domain/review-limits.ts';
import { type ExistingOrder, NO_ORDER, type OrderStatus } from '../domain/state.ts';
import { type CommandBusDeps, dispatch } from './command-bus.ts';
import { type ItemsToPrice, type PricingDeps, type PricingRefusal, priceItems } from './price-items.ts';

export interface PlaceOrderDeps extends CommandBusDeps, PricingDeps {
  /** @default no order waits for an operator's approval */
  readonly reviewFrom?: ReviewFrom;
}

export interface PlaceOrder extends ItemsToPrice {
  readonly orderId: OrderId;
  /** The customer, with the personal data that their token holds. */
  readonly customer: { readonly id: CustomerId; readonly email?: string; readonly name?: string };
  readonly shippingAddress: ShippingAddress;
  readonly paymentMethod: PaymentMethod;
  /** @default the shop's */
  readonly language?: Language | undefined;
  /** @default nothing is promised */
  readonly promised?: PromisedTimes | undefined;
  /** Tells the request from another one that comes with the same id. */
  readonly requestHash: string;
  readonly correlationId: CorrelationId;
}

export interface PlacedOrder {
  readonly orderId: OrderId;
  readonly status: OrderStatus;
  readonly total: Money;
  /** By when the customer can expect the delivery: ISO 8601, UTC. Absent when nothing is promised. */
  readonly estimatedDeliveryAt?: string;
  /** An earlier request placed it; the rest is as that one left it. */
  readonly repeated: boolean;
}

export type PlacingRefusal =
  | PricingRefusal
  | { readonly kind: 'id-in-use' }
  | AmountNotTaken
  /** The method of payment does not take the currency of the order. */
  | { readonly kind: 'currency-not-taken'; readonly method: string; readonly takes: string; readonly currency: string };

/** The same request under the same id gives the same order, and the same answer. */
export async function placeOrder(
  deps: PlaceOrderDeps,
  command: PlaceOrder,
): Promise<Result<PlacedOrder, PlacingRefusal>> {
  const { customer, orderId, shippingAddress, paymentMethod, language, promised, requestHash, correlationId } = command;
  const priced = await priceItems(deps, command).catch(async (error: unknown) => {
    const placed = await placedBefore(deps, command);
    if (placed) return { placed };
    throw error;
  });
  if ('placed' in priced) return priced.placed;
  if (!priced.ok) return (await placedBefore(deps, command)) ?? priced;
  const takes = ONLY_CURRENCY[paymentMethod.type];
  const { currency } = priced.value.total;
  if (takes !== undefined && takes !== currency) {
    return refuse({ kind: 'currency-not-taken', method: paymentMethod.type, takes, currency });
  }
  const notTaken = amountNotTaken(paymentMethod.type, priced.value.total);
  if (notTaken) return refuse(notTaken);
  const reviewFrom = deps.reviewFrom?.(priced.value.total.currency);
  const placed = await dispatch(deps, {
    id: orderId,
    command: {
      type: 'CreateOrder',
      orderId,
      requestHash,
      customerId: customer.id,
      shippingAddress,
      paymentMethod,
      customer: {
        name: customer.name ?? shippingAddress.name,
        ...(customer.email === undefined ? {} : { email: customer.email }),
      },
      ...priced.value,
      ...(reviewFrom === undefined ? {} : { reviewFrom }),
      ...(language === undefined ? {} : { language }),
      ...(promised === undefined ? {} : { promised }),
    },
    correlationId,
    causationId: correlationId,
    actor: { type: 'customer', id: customer.id },
  });
  if (placed.ok) return accept({ ...shownOf(placed.value), repeated: false });
  if (placed.refusal.kind !== 'order-exists') throw new Error(`A new order was refused: ${placed.refusal.kind}.`);
  return (await placedBefore(deps, command)) ?? refuse({ kind: 'id-in-use' });
}

/**
 * Between a request and its repetition a code may expire or become unreadable, and an article may leave the catalogue: an order
 * that was placed stays placed.
 */
async function placedBefore(
  { log }: PlaceOrderDeps,
  { orderId, requestHash }: PlaceOrder,
): Promise<Result<PlacedOrder, never> | undefined> {
  const [created] = await log.read(orderId, 1, 1);
  const order = created === undefined ? NO_ORDER : evolve(NO_ORDER, created);
  if (order.status === 'none' || order.requestHash !== requestHash) return undefined;
  return accept({ ...shownOf(order), repeated: true });
}

const shownOf = ({ orderId, status, total, promised }: ExistingOrder): Omit<PlacedOrder, 'repeated'> => ({
  orderId,
  status,
  total,
  ...(promised?.delivered === undefined ? {} : { estimatedDeliveryAt: promised.delivered }),
});
