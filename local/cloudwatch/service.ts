import { ignored } from '../resource.ts';
import type { Service } from '../service.ts';

/** CloudWatch: nobody watches one machine by alarms. */
export class CloudWatchService implements Service {
  readonly name = 'cloudwatch';
  readonly resources = {
    'AWS::CloudWatch::Alarm': ignored,
    'AWS::CloudWatch::CompositeAlarm': ignored,
    'AWS::CloudWatch::Dashboard': ignored,
  };
}
