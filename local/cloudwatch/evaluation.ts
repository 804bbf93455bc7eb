import type { RuntimeMetrics } from '../metrics.ts';
import { type AlarmDefinition, isBreaching } from './alarm-definition.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface Evaluation {
  readonly state: AlarmState;
  readonly reason: string;
}

/**
 * What an alarm says of the periods that end at `now`, as CloudWatch evaluates it. Undefined: it stays in its state.
 */
export async function evaluate(
  alarm: AlarmDefinition,
  metrics: Pick<RuntimeMetrics, 'statistic'>,
  now: number,
): Promise<Evaluation | undefined> {
  const datapoints = await Promise.all(
    Array.from({ length: alarm.evaluationPeriods }, (_, index) =>
      datapoint(alarm, metrics, now - index * alarm.periodMs),
    ),
  );
  const known = datapoints.filter((value) => value !== undefined);
  if (known.length === 0 && alarm.missingData === 'ignore') return undefined;
  if (known.length === 0 && alarm.missingData === 'missing') {
    return { state: 'INSUFFICIENT_DATA', reason: 'Insufficient Data: there are no datapoints.' };
  }
  const missing = alarm.missingData === 'breaching' ? datapoints.length - known.length : 0;
  const breaching = known.filter((value) => isBreaching(alarm, value)).length + missing;
  const values = known.length > 0 ? known.join(', ') : 'none';
  const reason =
    `Of the last ${alarm.evaluationPeriods} datapoints [${values}], ${breaching} are ${alarm.comparison} ` +
    `(${alarm.threshold}); ${alarm.datapointsToAlarm} make an alarm.`;
  return { state: breaching >= alarm.datapointsToAlarm ? 'ALARM' : 'OK', reason };
}

async function datapoint(
  { queries, expression, periodMs }: AlarmDefinition,
  metrics: Pick<RuntimeMetrics, 'statistic'>,
  endsAt: number,
): Promise<number | undefined> {
  const values = Object.entries(queries).map(([id, { metric, statistic }]) => [
    id,
    metrics.statistic(metric, statistic, endsAt - periodMs, endsAt),
  ]);
  return expression(Object.fromEntries(values) as Record<string, number | undefined>);
}
