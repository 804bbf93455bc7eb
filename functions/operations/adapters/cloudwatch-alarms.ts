import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import type { Alarms } from '../application/ports.ts';
import { type Alarm, readDescription } from '../domain/alarms.ts';

/** The names of our stacks begin with it, and CloudFormation names alarms after their stack. */
const NAME_PREFIX = 'Waybill-';
const STATES = { OK: 'ok', ALARM: 'alarm', INSUFFICIENT_DATA: 'unknown' } as const;

export class CloudWatchAlarms implements Alarms {
  readonly #client: CloudWatchClient;

  constructor(client = sdkClient(CloudWatchClient, {})) {
    this.#client = client;
  }

  async all(): Promise<Alarm[]> {
    const found: Alarm[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#client.send(
        new DescribeAlarmsCommand({ AlarmNamePrefix: NAME_PREFIX, AlarmTypes: ['MetricAlarm'], NextToken }),
      );
      found.push(...(page.MetricAlarms ?? []).flatMap((alarm) => readAlarm(alarm) ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  }
}

function readAlarm(alarm: MetricAlarm): Alarm | undefined {
  const { AlarmName, AlarmDescription = '', StateValue = 'INSUFFICIENT_DATA', StateReason = '' } = alarm;
  const call = readDescription(AlarmDescription);
  if (call === undefined || AlarmName === undefined) return undefined;
  const since = alarm.StateTransitionedTimestamp?.toISOString();
  return { name: AlarmName, state: STATES[StateValue], ...call, reason: StateReason, ...(since ? { since } : {}) };
}
