import { checkHealth } from '../operations/api/check-health.ts';
import { approveOrder } from '../orders/api/approve-order.ts';
import { changeItems } from '../orders/api/change-items.ts';
import { changeShippingAddress } from '../orders/api/change-shipping-address.ts';
import { createOrder } from '../orders/api/create-order.ts';
import { deliverOrder } from '../orders/api/deliver-order.ts';
import { getMetrics } from '../orders/api/get-metrics.ts';
import { getOrder } from '../orders/api/get-order.ts';
import { getOrderHistory } from '../orders/api/get-order-history.ts';
import { listOrders } from '../orders/api/list-orders.ts';
import { receiveReturn } from '../orders/api/receive-return.ts';
import { refundOrder } from '../orders/api/refund-order.ts';
import { rejectOrder } from '../orders/api/reject-order.ts';
import { requestCancellation } from '../orders/api/request-cancellation.ts';
import { requestReturn } from '../orders/api/request-return.ts';
import { searchOrders } from '../orders/api/search-orders.ts';
import { shipOrder } from '../orders/api/ship-order.ts';
import type { Contract } from '../shared/api/contract.ts';
import { getDocument, getPage } from './api/get-document.ts';

/** Every endpoint of the API, in the order of the document. */
export const CONTRACTS: readonly Contract[] = [
  createOrder,
  getOrder,
  getOrderHistory,
  listOrders,
  searchOrders,
  requestCancellation,
  changeShippingAddress,
  changeItems,
  approveOrder,
  rejectOrder,
  shipOrder,
  deliverOrder,
  refundOrder,
  requestReturn,
  receiveReturn,
  getMetrics,
  checkHealth,
  getDocument,
  getPage,
];
