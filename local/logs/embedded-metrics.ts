import type { Json, JsonObject, Measurement } from '../contracts.ts';
import { objects, text } from '../properties.ts';

/**
 * The metrics in lines of CloudWatch's embedded metric format: one for each metric and set of dimensions. Other lines have
 * none, and neither has what CloudWatch could not read.
 */
export function embeddedMetrics(log: string): Measurement[] {
  if (!log.includes('"CloudWatchMetrics"')) return [];
  return log.split('\n').flatMap((line) => (line.includes('"CloudWatchMetrics"') ? metricsOf(parse(line)) : []));
}

function metricsOf(line: JsonObject): Measurement[] {
  const { Timestamp, CloudWatchMetrics } = (line._aws ?? {}) as JsonObject;
  const at = typeof Timestamp === 'number' ? { at: Timestamp } : {};
  return objects(CloudWatchMetrics).flatMap(({ Namespace, Dimensions, Metrics }) =>
    dimensionSets(Dimensions).flatMap((names) =>
      objects(Metrics).flatMap(({ Name }) => {
        const name = text(Name) ?? '';
        const dimensions = Object.fromEntries(names.map((each) => [each, text(line[each]) ?? '']));
        return numbers(line[name]).map((value) => ({
          namespace: text(Namespace) ?? '',
          name,
          dimensions,
          value,
          ...at,
        }));
      }),
    ),
  );
}

/** Without any set, there is a metric without dimensions. */
const dimensionSets = (sets: Json | undefined): string[][] =>
  Array.isArray(sets) && sets.length > 0 ? (sets as string[][]) : [[]];

const numbers = (value: Json | undefined): number[] =>
  [value ?? []].flat().filter((each): each is number => typeof each === 'number');

function parse(line: string): JsonObject {
  try {
    return JSON.parse(line) as JsonObject;
  } catch {
    return {};
  }
}
