import {
  CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { readEnvironment } from '../../shared/edge/environment.ts';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import type { Alarms } from '../application/ports.ts';
import { type Alarm, readDescription } from '../domain/alarms.ts';
import { ALARM_PREFIX_VARIABLE } from './alarm-prefix.ts';

const STATES = { OK: 'ok', ALARM: 'alarm', INSUFFICIENT_DATA: 'unknown' } as const;

export class CloudWatchAlarms implements Alarms {
  readonly #client: CloudWatchClient;
  readonly #prefix: string;

  /** @param prefix of the names of our alarms */
  constructor(client = sdkClient(CloudWatchClient, {}), prefix = deployedPrefix()) {
    this.#client = client;
    this.#prefix = prefix;
  }

  async all(): Promise<Alarm[]> {
    const found: Alarm[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#client.send(
        new DescribeAlarmsCommand({
          AlarmNamePrefix: this.#prefix,
          AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
          NextToken,
        }),
      );
      const { MetricAlarms = [], CompositeAlarms = [] } = page;
      // The parts of a composite alarm call nobody, and say so in their descriptions.
      found.push(...[...MetricAlarms, ...CompositeAlarms].flatMap((alarm) => readAlarm(alarm) ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  }
}

const deployedPrefix = (): string =>
  readEnvironment(z.object({ [ALARM_PREFIX_VARIABLE]: z.string().min(1) }))[ALARM_PREFIX_VARIABLE];

function readAlarm(alarm: MetricAlarm | CompositeAlarm): Alarm | undefined {
  const { AlarmName, AlarmDescription = '', StateValue = 'INSUFFICIENT_DATA', StateReason = '' } = alarm;
  const call = readDescription(AlarmDescription);
  if (call === undefined || AlarmName === undefined) return undefined;
  const since = alarm.StateTransitionedTimestamp?.toISOString();
  return { name: AlarmName, state: STATES[StateValue], ...call, reason: StateReason, ...(since ? { since } : {}) };
}
