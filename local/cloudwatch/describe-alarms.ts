import { AwsError, type JsonObject } from '../contracts.ts';
import { filledText, present } from '../properties.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import type { KnownState } from './alarm-states.ts';
import type { CompositeDefinition } from './composite-alarm.ts';

const MAX_RECORDS = 100;

export interface KnownAlarm extends KnownState {
  readonly definition: AlarmDefinition | CompositeDefinition;
}

export const isComposite = (definition: KnownAlarm['definition']): definition is CompositeDefinition =>
  'rule' in definition;

/** The operation DescribeAlarms; without `AlarmTypes` it knows of metric alarms alone, as on AWS. @throws AwsError `InvalidNextToken` */
export function describeAlarms(alarms: readonly KnownAlarm[], input: JsonObject): JsonObject {
  const { AlarmNames, AlarmNamePrefix, StateValue, MaxRecords, NextToken } = input;
  const types = (input.AlarmTypes ?? ['MetricAlarm']) as string[];
  const names = AlarmNames as string[] | undefined;
  const prefix = filledText(AlarmNamePrefix) ?? '';
  const from = Number(NextToken ?? 0);
  if (!Number.isInteger(from) || from < 0) throw new AwsError('InvalidNextToken', 'The next token is not valid.');
  const end = from + Math.min(Number(MaxRecords ?? MAX_RECORDS), MAX_RECORDS);
  const found = alarms.filter(
    ({ definition, state }) =>
      types.includes(isComposite(definition) ? 'CompositeAlarm' : 'MetricAlarm') &&
      (names?.includes(definition.name) ?? true) &&
      definition.name.startsWith(prefix) &&
      (StateValue === undefined || state === StateValue),
  );
  const page = found.slice(from, end);
  return {
    MetricAlarms: page.filter(({ definition }) => !isComposite(definition)).map(describe),
    CompositeAlarms: page.filter(({ definition }) => isComposite(definition)).map(describe),
    ...present({ NextToken: end < found.length ? String(end) : undefined }),
  };
}

const describe = ({ definition, state, reason, changedAt }: KnownAlarm): JsonObject => ({
  AlarmName: definition.name,
  AlarmArn: definition.arn,
  ...present({ AlarmDescription: definition.description }),
  ActionsEnabled: true,
  OKActions: [...definition.actions.OK],
  AlarmActions: [...definition.actions.ALARM],
  InsufficientDataActions: [...definition.actions.INSUFFICIENT_DATA],
  StateValue: state,
  StateReason: reason,
  // In seconds, as the protocol has times.
  StateUpdatedTimestamp: changedAt / 1_000,
  StateTransitionedTimestamp: changedAt / 1_000,
  ...(isComposite(definition) ? { AlarmRule: definition.rule } : ofMetrics(definition)),
});

const ofMetrics = (definition: AlarmDefinition): JsonObject => ({
  Period: definition.periodMs / 1_000,
  EvaluationPeriods: definition.evaluationPeriods,
  DatapointsToAlarm: definition.datapointsToAlarm,
  Threshold: definition.threshold,
  ComparisonOperator: definition.comparison,
  TreatMissingData: definition.missingData,
});
