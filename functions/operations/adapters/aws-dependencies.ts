import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import type { Dependency } from '../application/ports.ts';

/** The clients try once: the next health check is the retry. */
const ONE_TRY = { maxAttempts: 1 };
const dynamoDb = sdkClient(DynamoDBClient, ONE_TRY);
const stepFunctions = sdkClient(SFNClient, ONE_TRY);
const eventBridge = sdkClient(EventBridgeClient, ONE_TRY);

/** A table. One that is being updated is in full use. */
export const table = (name: string, tableName: string, client = dynamoDb): Dependency => ({
  name,
  async probe(abortSignal) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }), { abortSignal });
    const status = Table?.TableStatus ?? 'unknown';
    if (status !== 'ACTIVE' && status !== 'UPDATING') throw new Error(`The table is ${status}.`);
  },
});

export const stateMachine = (name: string, stateMachineArn: string, client = stepFunctions): Dependency => ({
  name,
  async probe(abortSignal) {
    const { status } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }), { abortSignal });
    if (status !== 'ACTIVE') throw new Error(`The state machine is ${status ?? 'unknown'}.`);
  },
});

export const eventBus = (name: string, busName: string, client = eventBridge): Dependency => ({
  name,
  async probe(abortSignal) {
    await client.send(new DescribeEventBusCommand({ Name: busName }), { abortSignal });
  },
});
