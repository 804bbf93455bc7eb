/** What the path of a request names, whose book it is about. A text that is no id is answered like an id that does not exist. */
import { parseTransferId, type TransferId } from '../../published/transfer-events.ts';
import { orderIdOf } from '../../shared/http/order-path.ts';
import { Problem } from '../../shared/http/problem.ts';
import type { ProblemType } from '../../shared/http/problems.ts';
import type { ApiRequest } from '../../shared/http/request.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';

export const BOOK_NOT_FOUND: ProblemType = {
  kind: 'ledger-book-not-found',
  status: 404,
  title: 'There is no such book',
};

type Path = Pick<ApiRequest, 'pathParameters'>;

/** @throws Problem 404 */
export const orderIn = (http: Path): { readonly orderId: OrderId } => ({ orderId: orderIdOf(http) });

/** @throws Problem 404 */
export function transferIn({ pathParameters: { transferId = '' } }: Path): { readonly transferId: TransferId } {
  try {
    return { transferId: parseTransferId(transferId) };
  } catch (cause) {
    throw noBookOf(transferId, cause);
  }
}

export const noBookOf = (transferId: string, cause?: unknown): Problem =>
  new Problem(
    BOOK_NOT_FOUND,
    `There is no book of a transfer ${transferId.slice(0, 64)}: only money that quotes no reference of an order has one. Correct the book of its order.`,
    { cause },
  );
