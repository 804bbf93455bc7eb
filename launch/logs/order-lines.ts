import type { LogLine } from './log-line.ts';

/**
 * Tells the lines about one order. A line that names no order is about this one when it has the correlation id of one that does:
 * what a request met before its order had an id is found by it.
 */
export class OrderLines {
  readonly #orderId: string;
  readonly #correlationIds = new Set<string>();

  constructor(orderId: string) {
    this.#orderId = orderId;
  }

  /** Remembers the correlation id of a line about the order. */
  learn({ orderId, correlationId }: LogLine): void {
    if (orderId === this.#orderId && correlationId !== undefined) this.#correlationIds.add(correlationId);
  }

  /** Callers may give several orders one correlation id: a line about another order is not about this one. */
  has({ orderId, correlationId }: LogLine): boolean {
    if (orderId !== undefined) return orderId === this.#orderId;
    return correlationId !== undefined && this.#correlationIds.has(correlationId);
  }

  /** Whether the text of a line may be about the order, so that it is worth reading. */
  mayHave(text: string): boolean {
    return text.includes(this.#orderId) || [...this.#correlationIds].some((id) => text.includes(id));
  }
}
