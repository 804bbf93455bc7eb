import type { BookId } from './book-id.ts';

/**
 * Into how many parts a day of the journal is divided, so that no part of the index is written more often than DynamoDB allows: 1,000 units
 * a second each.
 */
export const DAY_PARTS = 4;
export const DAY_PART_NUMBERS: readonly number[] = Array.from({ length: DAY_PARTS }, (_, part) => part);

/** The part of a day's journal that an entry of this book is in: `2026-01-02#3`. */
export function dayPartOf(bookId: BookId, occurredAt: string): string {
  const sum = [...bookId].reduce((total, character) => total + character.charCodeAt(0), 0);
  return `${occurredAt.slice(0, 10)}#${sum % DAY_PARTS}`;
}
