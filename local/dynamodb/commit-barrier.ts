/**
 * Proves that acknowledged transactions are committed. DynamoDB Local works off one queue and acknowledges a transaction
 * before its commit; a read that is sent after the acknowledgement is answered after the commit.
 *
 * Transactions that are acknowledged while one such read is under way share the next.
 */
export class CommitBarrier {
  #current: Promise<unknown> = Promise.resolve();
  #next: Promise<unknown> | undefined;

  /** Resolves when `read`, or the read of another caller that starts after this call, has been answered. */
  async pass(read: () => Promise<unknown>): Promise<void> {
    this.#next ??= this.#after(this.#current, read);
    await this.#next;
  }

  async #after(previous: Promise<unknown>, read: () => Promise<unknown>): Promise<unknown> {
    // Its failure is for the callers that waited for it; it says nothing about this read.
    await previous.catch(() => undefined);
    const reading = read();
    this.#current = reading;
    this.#next = undefined;
    return reading;
  }
}
