import type { Brand } from '../../shared/kernel/brand.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';

/** Names a book: each order has one, under its own id, and the stock of each article has one, `stock:<sku>`. */
export type BookId = Brand<string, 'BookId'>;

const OF_STOCK = 'stock:';
export const BOOK_ID = /^(stock:[A-Za-z0-9._-]{1,64}|[\da-f-]{36})$/;

export const bookOfOrder = (orderId: OrderId): BookId => orderId as string as BookId;
export const bookOfStock = (sku: Sku): BookId => `${OF_STOCK}${sku}` as BookId;

/** What a book is of. */
export type Owner = { readonly orderId: OrderId } | { readonly sku: Sku };

export const ownerOf = (bookId: BookId): Owner =>
  bookId.startsWith(OF_STOCK)
    ? { sku: bookId.slice(OF_STOCK.length) as Sku }
    : { orderId: bookId as string as OrderId };

/** The book of the order or the article that is named among other things. */
export const bookOf = (owner: Owner): BookId => ('sku' in owner ? bookOfStock(owner.sku) : bookOfOrder(owner.orderId));

/** @throws RangeError for a text that names no book */
export function parseBookId(text: string): BookId {
  if (!BOOK_ID.test(text)) throw new RangeError(`A book is of an order or of stock, got "${text}".`);
  return text as BookId;
}
