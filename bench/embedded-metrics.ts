/** The metrics that functions have written into their logs. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Measurement } from '../local/contracts.ts';
import { embeddedMetrics } from '../local/logs/embedded-metrics.ts';

const measurementsIn = (logDir: string): Measurement[] =>
  globSync('*.log', { cwd: logDir }).flatMap((file) => embeddedMetrics(readFileSync(path.join(logDir, file), 'utf8')));

/** How many metrics there are, as CloudWatch counts and bills them: by name and dimensions. */
export const countOfMetrics = (logDir: string): number =>
  new Set(measurementsIn(logDir).map(({ name, dimensions }) => JSON.stringify([name, dimensions]))).size;

export const sumOfMetric = (logDir: string, wanted: string): number =>
  measurementsIn(logDir).reduce((sum, { name, value }) => (name === wanted ? sum + value : sum), 0);
