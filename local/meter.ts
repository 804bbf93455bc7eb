import type { Meter, MeteredUnit } from './contracts.ts';

/** Units by dimension (function, table, queue…), by metered unit. */
export type MeterReading = Partial<Record<MeteredUnit, Readonly<Record<string, number>>>>;

/** Adds up what AWS would bill, since the start or the last reset. */
export class RuntimeMeter implements Meter {
  #counts = new Map<MeteredUnit, Map<string, number>>();

  count(metric: MeteredUnit, dimension: string, by = 1): void {
    let dimensions = this.#counts.get(metric);
    if (!dimensions) this.#counts.set(metric, (dimensions = new Map<string, number>()));
    dimensions.set(dimension, (dimensions.get(dimension) ?? 0) + by);
  }

  read(): MeterReading {
    return Object.fromEntries(
      [...this.#counts].map(([metric, dimensions]) => [metric, Object.fromEntries(dimensions)]),
    );
  }

  reset(): void {
    this.#counts.clear();
  }
}
