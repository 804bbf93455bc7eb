import type { Brand } from '../../shared/kernel/brand.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';

/** Names a book: each order has one, under its own id, and the stock of each article has one, `stock:<sku>`. */
export type BookId = Brand<string, 'BookId'>;

export const bookOfOrder = (orderId: OrderId): BookId => orderId as string as BookId;
export const bookOfStock = (sku: Sku): BookId => `stock:${sku}` as BookId;

/** @throws RangeError for a text that names no book */
export function parseBookId(text: string): BookId {
  if (!/^(stock:.{1,100}|[\da-f-]{36})$/.test(text)) {
    throw new RangeError(`A book is of an order or of stock, got "${text}".`);
  }
  return text as BookId;
}
