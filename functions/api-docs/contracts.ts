import { checkHealth } from '../operations/api/check-health.ts';
import { createOrder } from '../orders/api/create-order.ts';
import { getMetrics } from '../orders/api/get-metrics.ts';
import { getOrderHistory } from '../orders/api/get-order-history.ts';
import { getOrder } from '../orders/api/get-order.ts';
import { listOrders } from '../orders/api/list-orders.ts';
import { searchOrders } from '../orders/api/search-orders.ts';
import type { Contract } from '../shared/api/contract.ts';
import { getDocument, getPage } from './api/get-document.ts';

/** Every endpoint of the API, in the order of the document. */
export const CONTRACTS: readonly Contract[] = [
  createOrder,
  getOrder,
  getOrderHistory,
  listOrders,
  searchOrders,
  getMetrics,
  checkHealth,
  getDocument,
  getPage,
];
