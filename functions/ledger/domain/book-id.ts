import { parseTransferId, type TransferId } from '../../published/transfer-events.ts';
import type { Brand } from '../../shared/kernel/brand.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';

/**
 * Names a book: each order has one, under its own id; the stock of each article has one, `stock:<sku>`; and each transfer that quotes no
 * reference of an order, `transfer:<transferId>`.
 */
export type BookId = Brand<string, 'BookId'>;

const OF_STOCK = 'stock:';
const OF_TRANSFER = 'transfer:';
export const BOOK_ID = /^(stock:[A-Za-z0-9._-]{1,64}|transfer:[ -~]{1,35}|[\da-f-]{36})$/;

export const bookOfOrder = (orderId: OrderId): BookId => orderId as string as BookId;
export const bookOfStock = (sku: Sku): BookId => `${OF_STOCK}${sku}` as BookId;
export const bookOfTransfer = (transferId: TransferId): BookId => `${OF_TRANSFER}${transferId}` as BookId;

/** What a book is of. */
export type Owner = { readonly orderId: OrderId } | { readonly sku: Sku } | { readonly transferId: TransferId };

export function ownerOf(bookId: BookId): Owner {
  if (bookId.startsWith(OF_STOCK)) return { sku: bookId.slice(OF_STOCK.length) as Sku };
  if (bookId.startsWith(OF_TRANSFER)) return { transferId: parseTransferId(bookId.slice(OF_TRANSFER.length)) };
  return { orderId: bookId as string as OrderId };
}

/** The book of the order, the article or the transfer that is named among other things. */
export function bookOf(owner: Owner): BookId {
  if ('sku' in owner) return bookOfStock(owner.sku);
  return 'transferId' in owner ? bookOfTransfer(owner.transferId) : bookOfOrder(owner.orderId);
}

/** @throws RangeError for a text that names no book */
export function parseBookId(text: string): BookId {
  if (!BOOK_ID.test(text)) throw new RangeError(`A book is of an order, of stock or of a transfer, got "${text}".`);
  return text as BookId;
}
