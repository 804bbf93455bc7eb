import { getDocument, getPage } from '../api-docs/http/get-document.ts';
import { checkHealth } from '../operations/http/check-health.ts';
import { approveOrder } from '../orders/http/contracts/approve-order.ts';
import { changeItems } from '../orders/http/contracts/change-items.ts';
import { changeShippingAddress } from '../orders/http/contracts/change-shipping-address.ts';
import { createOrder } from '../orders/http/contracts/create-order.ts';
import { deliverOrder } from '../orders/http/contracts/deliver-order.ts';
import { getMetrics } from '../orders/http/contracts/get-metrics.ts';
import { getOrder } from '../orders/http/contracts/get-order.ts';
import { getOrderHistory } from '../orders/http/contracts/get-order-history.ts';
import { listOrders } from '../orders/http/contracts/list-orders.ts';
import { receiveReturn } from '../orders/http/contracts/receive-return.ts';
import { refundOrder } from '../orders/http/contracts/refund-order.ts';
import { rejectOrder } from '../orders/http/contracts/reject-order.ts';
import { requestCancellation } from '../orders/http/contracts/request-cancellation.ts';
import { requestReturn } from '../orders/http/contracts/request-return.ts';
import { searchOrders } from '../orders/http/contracts/search-orders.ts';
import { shipOrder } from '../orders/http/contracts/ship-order.ts';
import type { Contract } from '../shared/http/contract.ts';

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
