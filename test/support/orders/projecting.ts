import type { ProjectedOrder } from '../../../functions/orders/application/project-order.ts';
import type { OrderView } from '../../../functions/orders/domain/order-view.ts';

/** A view to project while nobody else projects the order: its log is not asked again. */
export const unraced = (view: OrderView): ProjectedOrder => ({
  view,
  reload: () => Promise.reject(new Error('It was overtaken.')),
});
