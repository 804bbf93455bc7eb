import { ignored } from '../resource.ts';
import type { Service } from '../service.ts';

/** CloudWatch: alarms and dashboards watch an app, and change nothing in it. */
export class CloudWatchService implements Service {
  readonly name = 'cloudwatch';
  readonly resources = {
    'AWS::CloudWatch::Alarm': ignored,
    'AWS::CloudWatch::CompositeAlarm': ignored,
    'AWS::CloudWatch::Dashboard': ignored,
  };
}
