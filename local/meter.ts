import type { Meter } from './contracts.ts';

/** Units by dimension (function, table, queue…), by metered unit. */
export type MeterReading = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Adds up what AWS would bill, since the start or the last reset. */
export class RuntimeMeter implements Meter {
  readonly #counts = new Map<string, Map<string, number>>();

  /** Makes units known, as the services name them. */
  declare(units: readonly string[]): void {
    for (const unit of units) this.#counts.set(unit, new Map());
  }

  /** @throws Error for a unit that no service has declared */
  count(unit: string, dimension: string, by = 1): void {
    const dimensions = this.#counts.get(unit);
    if (!dimensions) throw new Error(`No service declares the metered unit ${unit}.`);
    dimensions.set(dimension, (dimensions.get(dimension) ?? 0) + by);
  }

  /** The units of which there are any. */
  read(): MeterReading {
    return Object.fromEntries(
      [...this.#counts]
        .filter(([, dimensions]) => dimensions.size > 0)
        .map(([unit, dimensions]) => [unit, Object.fromEntries(dimensions)]),
    );
  }

  reset(): void {
    for (const dimensions of this.#counts.values()) dimensions.clear();
  }
}
