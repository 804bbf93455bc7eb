import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import type { Dependency } from '../application/ports.ts';

/** The clients try once: the next look at our health is the retry. */
const ONE_TRY = { maxAttempts: 1 };

/** Tables, each under the name that health shows. One that is updated is in full use. */
export function tables(
  tableNames: Readonly<Record<string, string>>,
  client = sdkClient(DynamoDBClient, ONE_TRY),
): Dependency[] {
  return Object.entries(tableNames).map(([name, TableName]) => ({
    name,
    async probe(abortSignal) {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }), { abortSignal });
      const status = Table?.TableStatus ?? 'unknown';
      if (status !== 'ACTIVE' && status !== 'UPDATING') throw new Error(`The table is ${status}.`);
    },
  }));
}

export const stateMachine = (
  name: string,
  stateMachineArn: string,
  client = sdkClient(SFNClient, ONE_TRY),
): Dependency => ({
  name,
  async probe(abortSignal) {
    const { status } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }), { abortSignal });
    if (status !== 'ACTIVE') throw new Error(`The state machine is ${status ?? 'unknown'}.`);
  },
});

export const eventBus = (
  name: string,
  busName: string,
  client = sdkClient(EventBridgeClient, ONE_TRY),
): Dependency => ({
  name,
  async probe(abortSignal) {
    await client.send(new DescribeEventBusCommand({ Name: busName }), { abortSignal });
  },
});
