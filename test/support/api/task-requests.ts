/** Tasks over HTTP, for end-to-end tests. */
import { taskIdOf } from '../../../functions/published/order-events.ts';
import { parseOrderId } from '../../../functions/shared/kernel/ids.ts';
import { eventually } from '../run/eventually.ts';
import { callApi } from './client.ts';
import { send } from './command-requests.ts';
import { confirmedOrder } from './order-requests.ts';
import { asCustomer, bearer, type Headers } from './tokens.ts';

export interface TaskAnswer {
  readonly taskId: string;
  readonly orderId: string;
  readonly status: string;
  readonly error?: string;
  readonly claimant?: string;
  readonly resolution?: string;
  readonly commands: readonly string[];
  readonly known: readonly { readonly type: string }[];
  readonly history: readonly {
    readonly type: string;
    readonly actor: { readonly type: string; readonly id: string };
    readonly comment?: string;
    readonly evidence?: string;
  }[];
  readonly links: { readonly ask?: string };
}

/** The undo of a payment, whose order was cancelled. */
export const undoTaskOf = (orderId: string): string =>
  taskIdOf(parseOrderId(orderId), 'compensation', 'VoidPayment', 1);
export const reviewOf = (orderId: string): string => taskIdOf(parseOrderId(orderId), 'review', 'order', 1);

/** An operator that may do everything with tasks. */
export const asTaskOperator = (url: string, sub = 'O1'): Promise<Headers> =>
  bearer(url, { sub, role: 'operator', scope: 'orders:read orders:recover orders:write-off' });

/** The page of the task; undefined while there is none. */
export async function findTask(
  url: string,
  orderId: string,
  taskId = undoTaskOf(orderId),
): Promise<TaskAnswer | undefined> {
  const answer = await callApi(url, `/orders/${orderId}/tasks/${taskId}`, { headers: await asTaskOperator(url) });
  return answer.status === 404 ? undefined : ((await answer.json()) as TaskAnswer);
}

/** Sends a command on the undo task of the order, such as `claim`; resolves to whatever the answer is. */
export const commandTask = async (
  url: string,
  orderId: string,
  command: string,
  body: unknown = {},
  { by = 'O1', headers = {} }: { readonly by?: string; readonly headers?: Headers } = {},
): Promise<Response> =>
  send(url, orderId, `tasks/${undoTaskOf(orderId)}/${command}`, body, {
    headers: { ...(await asTaskOperator(url, by)), ...headers },
  });

/** A confirmed order that its customer has cancelled, while the gateway refuses to refund it until its staff unlocks it. */
export async function orderWithLockedPayment(url: string): Promise<string> {
  const { orderId } = await confirmedOrder(url, { token: 'tok_undo_locked' });
  await send(url, orderId, 'cancel', {}, { headers: await asCustomer(url) });
  await eventually(`a task of ${orderId}`, () => findTask(url, orderId));
  return orderId;
}
