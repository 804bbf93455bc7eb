import type { OrderView } from '../../functions/orders/domain/order-view.ts';
import type { ProjectedOrder } from '../../functions/orders/projections/project-order.ts';

/** A view to project while nobody else projects the order: its log is not asked again. */
export const unraced = (view: OrderView): ProjectedOrder => ({
  view,
  reload: () => Promise.reject(new Error('It was overtaken.')),
});
