import type { Total } from '../metrics.ts';

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Metrics in the text format of Prometheus, each with sum and count of what was measured since the start, and with what was measured last:
 * `PartnerCallDuration` of the namespace `Waybill` is `waybill_partner_call_duration_sum`, `…_count` and `…_last`. Dimensions are labels.
 */
export function prometheusText(totals: readonly Total[]): string {
  const families = Map.groupBy(totals, ({ namespace, name }) => `${snakeCase(namespace)}_${snakeCase(name)}`);
  const lines = [...families]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([family, ofFamily]) => [
      `# TYPE ${family} summary`,
      ...ofFamily.flatMap(({ sum, count, dimensions }) => [
        `${family}_sum${labels(dimensions)} ${sum}`,
        `${family}_count${labels(dimensions)} ${count}`,
      ]),
      `# TYPE ${family}_last gauge`,
      ...ofFamily.map(({ last, dimensions }) => `${family}_last${labels(dimensions)} ${last}`),
    ]);
  return lines.map((line) => `${line}\n`).join('');
}

const snakeCase = (text: string): string =>
  text
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase();

function labels(dimensions: Total['dimensions']): string {
  const pairs = Object.entries(dimensions).map(([name, value]) => `${snakeCase(name)}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
