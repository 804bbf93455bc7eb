import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { Group } from '../constructs/group.ts';
import { environmentOf } from '../stages/environment.ts';
import { BurnAlarms } from './burn-alarm.ts';
import { dashboard } from './dashboard.ts';
import { objectivesOf } from './objectives.ts';

export interface OnCallProps {
  /** By which metrics know the API. */
  readonly apiName: string;
  /** What else calls at any hour, and is the first thing to look at. */
  readonly alarms: readonly IAlarm[];
}

/** What people on call have: alarms on what is promised to customers, and one page that says where to look. */
export class OnCall extends Group {
  constructor(scope: Construct, id: string, { apiName, alarms }: OnCallProps) {
    super(scope, id);
    const objectives = objectivesOf({ namespace: environmentOf(this).metricsNamespace, apiName });
    const burning = objectives.flatMap((objective) => new BurnAlarms(this, objective).alarms);
    dashboard(this, 'Dashboard', { objectives, alarms: [...burning, ...alarms], apiName });
  }
}
