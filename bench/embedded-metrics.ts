/** The metrics that functions have written into their logs, in CloudWatch's embedded metric format. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface EmbeddedLine {
  readonly [field: string]: unknown;
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** The sum of each metric's values, by its name and the values of its dimensions. */
export function metricsIn(logDir: string): ReadonlyMap<string, { readonly name: string; readonly sum: number }> {
  const metrics = new Map<string, { readonly name: string; readonly sum: number }>();
  for (const file of globSync('*.log', { cwd: logDir })) {
    const lines = readFileSync(path.join(logDir, file), 'utf8').split('\n');
    for (const text of lines.filter((line) => line.startsWith('{') && line.includes('"CloudWatchMetrics"'))) {
      const line = JSON.parse(text) as EmbeddedLine;
      for (const { Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
        for (const { Name } of Metrics) {
          for (const names of Dimensions.length > 0 ? Dimensions : [[]]) {
            const key = JSON.stringify([Name, ...names.map((name) => `${name}=${String(line[name])}`)]);
            const { sum } = metrics.get(key) ?? { sum: 0 };
            metrics.set(key, { name: Name, sum: sum + Number(line[Name]) });
          }
        }
      }
    }
  }
  return metrics;
}

export const sumOfMetric = (logDir: string, wanted: string): number =>
  [...metricsIn(logDir).values()].filter(({ name }) => name === wanted).reduce((sum, each) => sum + each.sum, 0);
