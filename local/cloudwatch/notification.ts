import type { Location } from '../arn.ts';
import type { JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import type { KnownState } from './alarm-states.ts';
import type { KnownAlarm } from './describe-alarms.ts';
import type { AlarmState } from './evaluation.ts';

type Told = Pick<KnownAlarm['definition'], 'name' | 'arn' | 'description'>;

export const subjectOf = ({ name }: Told, state: AlarmState): string => `${state}: "${name}"`;

/** What a topic is told when the state of an alarm changes, in the fields of CloudWatch's own message. */
export const notificationOf = (
  { name, arn, description }: Told,
  before: AlarmState,
  { state, reason, changedAt }: KnownState,
  { account, region }: Location,
): JsonObject => ({
  AlarmName: name,
  ...present({ AlarmDescription: description }),
  AWSAccountId: account,
  NewStateValue: state,
  NewStateReason: reason,
  StateChangeTime: new Date(changedAt).toISOString(),
  Region: region,
  AlarmArn: arn,
  OldStateValue: before,
});
