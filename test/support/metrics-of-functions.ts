/** What functions write as metrics. */
import { globSync } from 'node:fs';
import path from 'node:path';
import type { Metric } from '../../functions/shared/edge/metrics.ts';

const FUNCTIONS = path.resolve(import.meta.dirname, '../../functions');

const isMetric = (value: unknown): value is Metric =>
  typeof value === 'object' && value !== null && 'name' in value && 'unit' in value;

const modules = await Promise.all(
  globSync('*/*/metrics.ts', { cwd: FUNCTIONS }).map(
    async (file) => (await import(path.join(FUNCTIONS, file))) as Readonly<Record<string, unknown>>,
  ),
);

/** The names of all of them, as the contexts have them in their lists. */
export const METRICS_OF_FUNCTIONS: ReadonlySet<string> = new Set(
  modules
    .flatMap((exported) => Object.values(exported))
    .flatMap((value) =>
      typeof value === 'object' && value !== null && !isMetric(value) ? (Object.values(value) as unknown[]) : [value],
    )
    .filter(isMetric)
    .map(({ name }) => name),
);
