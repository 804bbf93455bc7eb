import type { Json, JsonObject, MetricName } from '../contracts.ts';
import type { Statistic } from '../metrics.ts';
import { objects, present, text, textOf } from '../properties.ts';
import { type Resource, refuseProperties } from '../resource.ts';
import { type Actions, actionsOf } from './actions.ts';
import { type Expression, parseExpression } from './expression.ts';

/** One metric that an alarm reads, and which number of it. */
export interface Query {
  readonly metric: MetricName;
  readonly statistic: Statistic;
}

const COMPARISONS = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
};
const STATISTICS: readonly string[] = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'] satisfies Statistic[];
const TREATMENTS = ['breaching', 'notBreaching', 'ignore', 'missing'] as const;

export interface AlarmDefinition {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  /** The metrics by the names that the expression has for them. */
  readonly queries: Readonly<Record<string, Query>>;
  readonly expression: Expression;
  readonly periodMs: number;
  readonly evaluationPeriods: number;
  /** How many of the periods must be at the threshold. */
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: keyof typeof COMPARISONS;
  readonly missingData: (typeof TREATMENTS)[number];
  readonly actions: Actions;
}

export const isBreaching = ({ comparison, threshold }: AlarmDefinition, value: number): boolean =>
  COMPARISONS[comparison](value, threshold);

/** @throws Error for an alarm that this runtime cannot evaluate */
export function alarmDefinition(resource: Resource, name: string, arn: string): AlarmDefinition {
  refuseProperties(resource, ['ExtendedStatistic', 'ThresholdMetricId', 'EvaluateLowSampleCountPercentile']);
  const { properties } = resource;
  const evaluationPeriods = Number(properties.EvaluationPeriods);
  return {
    name,
    arn,
    ...present({ description: text(properties.AlarmDescription) }),
    ...(properties.Metrics === undefined ? ofOneMetric(properties) : ofMetrics(objects(properties.Metrics))),
    evaluationPeriods,
    datapointsToAlarm: Number(properties.DatapointsToAlarm ?? evaluationPeriods),
    threshold: Number(properties.Threshold),
    comparison: oneOf(Object.keys(COMPARISONS) as (keyof typeof COMPARISONS)[], properties.ComparisonOperator),
    missingData: oneOf(TREATMENTS, properties.TreatMissingData ?? 'missing'),
    actions: actionsOf(properties),
  };
}

type Watched = Pick<AlarmDefinition, 'queries' | 'expression' | 'periodMs'>;

function ofOneMetric({ Namespace, MetricName: Name, Dimensions, Statistic: Stat, Period }: JsonObject): Watched {
  const query = queryOf({ Namespace: Namespace!, MetricName: Name!, Dimensions: Dimensions ?? [] }, Stat);
  return { queries: { value: query }, expression: parseExpression('value'), periodMs: periodOf(Period) };
}

function ofMetrics(metrics: readonly JsonObject[]): Watched {
  const stats = metrics.flatMap(({ Id, MetricStat }) =>
    MetricStat === undefined ? [] : [{ id: textOf(Id), stat: MetricStat as JsonObject }],
  );
  const [returned, ...others] = metrics.filter(({ ReturnData }) => ReturnData !== false);
  if (returned === undefined || others.length > 0) throw new Error('It does not return the data of one metric.');
  const periods = new Set(stats.map(({ stat }) => periodOf(stat.Period)));
  if (periods.size !== 1) throw new Error('Its metrics have several periods, which this runtime does not have.');
  return {
    queries: Object.fromEntries(stats.map(({ id, stat }) => [id, queryOf(stat.Metric as JsonObject, stat.Stat)])),
    expression: parseExpression(text(returned.Expression) ?? textOf(returned.Id)),
    periodMs: [...periods][0]!,
  };
}

function queryOf({ Namespace, MetricName: Name, Dimensions }: JsonObject, statistic: Json | undefined): Query {
  const dimensions = objects(Dimensions).map((each) => [textOf(each.Name), textOf(each.Value)] as const);
  return {
    metric: { namespace: textOf(Namespace), name: textOf(Name), dimensions: Object.fromEntries(dimensions) },
    statistic: oneOf(STATISTICS as Statistic[], statistic),
  };
}

function periodOf(seconds: Json | undefined): number {
  const period = Number(seconds);
  if (!(period >= 60)) throw new Error(`Its period is ${JSON.stringify(seconds)}; this runtime has whole minutes.`);
  return period * 1_000;
}

function oneOf<Value extends string>(values: readonly Value[], value: Json | undefined): Value {
  if (!values.includes(value as Value)) {
    throw new Error(`It has ${JSON.stringify(value)}; this runtime has ${values.join(', ')}.`);
  }
  return value as Value;
}
