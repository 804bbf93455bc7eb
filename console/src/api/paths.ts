/** The paths of the API that the console asks for, below `/api/v1`. */

export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** The path with the parameters that are there; empty texts count as absent. */
export function withQuery(path: string, parameters: Parameters): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return query === '' ? path : `${path}?${query}`;
}

const segment = encodeURIComponent;

export const orderPath = (orderId: string): string => `/orders/${segment(orderId)}`;
export const historyPath = (orderId: string, cursor?: string): string =>
  withQuery(`${orderPath(orderId)}/history`, { cursor });
export const parcelsPath = (parameters: Parameters): string => withQuery('/parcels', parameters);
export const handOverPath = ({
  orderId,
  shipmentId,
}: {
  readonly orderId: string;
  readonly shipmentId: string;
}): string => `${orderPath(orderId)}/shipments/${segment(shipmentId)}/hand-over`;
/** Of a return, below the path of its order. */
export const returnPath = (returnId: string, command: 'receive' | 'withdraw'): string =>
  `/returns/${segment(returnId)}/${command}`;
export const returnTermsPath = (orderId: string): string => `${orderPath(orderId)}/return-terms`;
export const executionsPath = (orderId: string): string => `${orderPath(orderId)}/executions`;
export const executionHistoryPath = (orderId: string, executionId: string, cursor?: string): string =>
  withQuery(`${executionsPath(orderId)}/${segment(executionId)}/history`, { cursor });
export const customerOrdersPath = (customerId: string, parameters: Parameters): string =>
  withQuery(`/orders/customer/${segment(customerId)}`, parameters);
/** All orders, by filters. */
export const allOrdersPath = (parameters: Parameters): string => withQuery('/orders', parameters);
export const COUNTS_PATH = '/orders/counts';
export const searchPath = (parameters: Parameters): string => withQuery('/orders/search', parameters);
/** @param orderId absent for a task about an article or a transfer */
export const taskPath = (taskId: string, orderId?: string): string =>
  orderId === undefined ? `/tasks/${segment(taskId)}` : `${orderPath(orderId)}/tasks/${segment(taskId)}`;
export const tasksPath = (parameters: Parameters): string => withQuery('/tasks', parameters);
export const lettersPath = (parameters: Parameters): string => withQuery('/dead-letters', parameters);
export const letterPath = (letterId: string): string => `/dead-letters/${segment(letterId)}`;
export const stockPath = (sku: string): string => `/stock/${segment(sku)}`;
export const stockHistoryPath = (sku: string, parameters: Parameters): string =>
  withQuery(`${stockPath(sku)}/history`, parameters);
/** The articles of which little is left: others cannot be listed. */
export const lowStockPath = (parameters: Parameters): string => withQuery('/stock', { low: true, ...parameters });
