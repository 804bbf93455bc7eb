import { DatabaseSync } from 'node:sqlite';
import type { Clock, Measurement, Meter, ServiceContext } from '../../../local/contracts.ts';

/** A meter whose counts a test can read. */
export class CountingMeter implements Meter {
  readonly #counts = new Map<string, number>();

  count(unit: string, dimension: string, by = 1): void {
    const key = `${unit} ${dimension}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  of(unit: string, dimension: string): number {
    return this.#counts.get(`${unit} ${dimension}`) ?? 0;
  }
}

export interface TestContext extends ServiceContext {
  readonly meter: CountingMeter;
  /** What was measured, in order. */
  readonly measured: Measurement[];
  /** What was reported through `warn`. */
  readonly warnings: string[];
}

/** The context that the runtime gives to a service, in memory and with predictable ids. */
export function testContext(clock: Clock, store = new DatabaseSync(':memory:')): TestContext {
  const warnings: string[] = [];
  const measured: Measurement[] = [];
  let ids = 0;
  return {
    store,
    clock,
    meter: new CountingMeter(),
    measured,
    metrics: { put: (measurement) => void measured.push(measurement) },
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    warnings,
    warn: (message) => void warnings.push(message),
    region: 'us-east-1',
    account: '000000000000',
  };
}
