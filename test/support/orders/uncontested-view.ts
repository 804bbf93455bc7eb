import type { ProjectedOrder } from '../../../functions/orders/application/project-order.ts';
import type { OrderView } from '../../../functions/orders/domain/order-view.ts';

/** A view to project while no other consumer projects the order, so that the log must not be read again. */
export const uncontested = (view: OrderView): ProjectedOrder => ({
  view,
  reload: () => Promise.reject(new Error('It was overtaken.')),
});
