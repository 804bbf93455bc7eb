/** The use case behind `POST /api/v1/orders`: price the request from the catalogue and append OrderCreated. */
import type { CorrelationId, OrderId } from '../shared/kernel/ids.ts';
import { factId } from '../shared/kernel/ids.ts';
import type { Money } from '../shared/kernel/money.ts';
import { accept, refuse, type Result } from '../shared/kernel/result.ts';
import type { OrderLog } from '../shared/order-log/port.ts';
import { decideCreate } from './domain/decide.ts';
import { fold } from './domain/evolve.ts';
import { NO_ORDER, type Order } from './domain/state.ts';
import type { OrderRequest } from './order-request.ts';
import type { Catalogue } from './ports.ts';

export interface PlaceOrderDeps {
  readonly catalogue: Catalogue;
  readonly log: OrderLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface PlaceOrder {
  readonly orderId: OrderId;
  readonly request: OrderRequest;
  readonly requestHash: string;
  readonly correlationId: CorrelationId;
}

export interface PlacedOrder {
  readonly orderId: OrderId;
  readonly total: Money;
}

export type Refusal =
  | { readonly kind: 'unknown-skus'; readonly skus: readonly string[] }
  | { readonly kind: 'mixed-currencies' }
  | { readonly kind: 'total-too-large' }
  | { readonly kind: 'id-in-use' };

/**
 * Placing the same request under the same id again gives the same order: that is what makes a repeat safe after a crash
 * between the append and the idempotency record.
 */
export async function placeOrder(deps: PlaceOrderDeps, command: PlaceOrder): Promise<Result<PlacedOrder, Refusal>> {
  const { orderId, request, requestHash, correlationId } = command;
  const priced = await priceLines(deps.catalogue, request);
  if (!priced.ok) return priced;

  const decideOn = (order: Order) => decideCreate(order, {
    type: 'CreateOrder', orderId, requestHash,
    customerId: request.customerId, lines: priced.value, shippingAddress: request.shippingAddress, paymentMethod: request.paymentMethod,
  });
  const decision = decideOn(NO_ORDER);
  if (!decision.ok) {
    if (decision.refusal.kind === 'total-too-large') return refuse(decision.refusal);
    throw new Error('A new order was refused as existing.');
  }
  const [created] = decision.value;
  const appended = await deps.log.append(orderId, 0, [{
    ...created,
    eventId: factId(orderId, created.type),
    occurredAt: new Date(deps.now()).toISOString(),
    correlationId,
    causationId: correlationId,
    actor: { type: 'customer', id: request.customerId },
  }]);
  if (appended.ok) return accept({ orderId, total: created.data.total });

  const existing = fold(await deps.log.read(orderId));
  const repeated = decideOn(existing);
  const sameRequest = !repeated.ok && repeated.refusal.kind === 'order-exists' && repeated.refusal.sameRequest;
  return sameRequest && existing.status !== 'none' ? accept({ orderId, total: existing.total }) : refuse({ kind: 'id-in-use' });
}

async function priceLines(catalogue: Catalogue, { items }: OrderRequest) {
  const articles = await catalogue.find(items.map(({ sku }) => sku));
  const unknown = items.filter(({ sku }) => !articles.has(sku)).map(({ sku }) => sku);
  if (unknown.length > 0) return refuse({ kind: 'unknown-skus', skus: unknown } as const);
  const lines = items.map(({ sku, quantity }) => {
    const { name, unitPrice } = articles.get(sku)!;
    return { sku, name, quantity, unitPrice };
  });
  const currencies = new Set(lines.map(({ unitPrice }) => unitPrice.currency));
  return currencies.size > 1 ? refuse({ kind: 'mixed-currencies' } as const) : accept(lines);
}
