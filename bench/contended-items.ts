/**
 * When DynamoDB refuses a request because of what others do to the same items at that moment. Pure. By its documentation and its makers:
 * - a transaction is cancelled when an item of it is in another one that writes and is under way, and one that only reads also when a
 *   transaction writes to its items meanwhile (developer guide, "Transaction conflict handling in DynamoDB")
 * - an item is held once its condition holds: one whose condition fails cancels the transaction and is free ("Distributed Transactions at
 *   Scale in Amazon DynamoDB", USENIX ATC 2023)
 * - a partition, and so an item, takes 1,000 write units a second ("Designing partition keys to distribute your workload"), and each
 *   item of up to 1 KB in a transaction that writes takes two ("Capacity management for transactions")
 */

export type Refusal = 'TransactionConflict' | 'ThrottlingError';

const UNITS_PER_SECOND = 1_000;
/** Of an item in a transaction that writes. */
const UNITS_OF_ITEM = 2;

/** A transaction that only reads. */
export interface Reading {
  readonly keys: readonly string[];
  /** Those that a transaction was at when it began, or has written to since. */
  readonly met: Set<string>;
}

/** What is left of an item's units, as it was at a time. */
interface Units {
  readonly left: number;
  readonly at: number;
}

export class ContendedItems {
  readonly #writing = new Set<string>();
  readonly #readings = new Set<Reading>();
  readonly #units = new Map<string, Units>();

  /**
   * Begins a transaction that writes to these items. Resolves to the refusals by place; to undefined when it goes on, until `wrote` or `leave`.
   * One that is refused takes no units: what those of DynamoDB take is not documented.
   * @param at milliseconds
   */
  write(keys: readonly string[], at: number): (Refusal | undefined)[] | undefined {
    const refusals = keys.map((key): Refusal | undefined => {
      if (this.#writing.has(key)) return 'TransactionConflict';
      return this.#unitsLeft(key, at) < UNITS_OF_ITEM ? 'ThrottlingError' : undefined;
    });
    if (refusals.some((refusal) => refusal !== undefined)) return refusals;
    for (const key of keys) this.#units.set(key, { left: this.#unitsLeft(key, at) - UNITS_OF_ITEM, at });
    for (const key of keys) this.#writing.add(key);
    return undefined;
  }

  /** The transaction has written to these items. */
  wrote(keys: readonly string[]): void {
    for (const reading of this.#readings) for (const key of keys) if (reading.keys.includes(key)) reading.met.add(key);
    this.leave(keys);
  }

  /** It is no longer at these items, and has not changed them: one is left as soon as its own condition has failed. */
  leave(keys: readonly string[]): void {
    for (const key of keys) this.#writing.delete(key);
  }

  /** Begins a transaction that reads these items. */
  read(keys: readonly string[]): Reading {
    const reading = { keys, met: new Set(keys.filter((key) => this.#writing.has(key))) };
    this.#readings.add(reading);
    return reading;
  }

  /** Ends it: the refusals by place, or undefined when it has read them all as they were in one moment. */
  hasRead(reading: Reading): (Refusal | undefined)[] | undefined {
    this.#readings.delete(reading);
    const met = reading.keys.map((key) => reading.met.has(key) || this.#writing.has(key));
    return met.includes(true) ? met.map((one) => (one ? 'TransactionConflict' : undefined)) : undefined;
  }

  #unitsLeft(key: string, at: number): number {
    const { left, at: before } = this.#units.get(key) ?? { left: UNITS_PER_SECOND, at };
    return Math.min(UNITS_PER_SECOND, left + ((at - before) * UNITS_PER_SECOND) / 1_000);
  }
}
