import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsError, type JsonObject, type Meter } from '../../../local/contracts.ts';
import { DynamoDbProxy } from '../../../local/dynamodb/proxy.ts';
import { CountingMeter } from '../runtime/service-context.ts';
import { sharedDynamoDb } from './shared-dynamodb.ts';

export interface TableKeys {
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** @default S; but N for a sort key called `version` */
  readonly sortKeyType?: 'S' | 'N';
  /** Global indexes by name. */
  readonly indexes?: Readonly<Record<string, IndexKeys>>;
  readonly stream?: 'NEW_IMAGE' | 'NEW_AND_OLD_IMAGES';
}

interface IndexKeys {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly attributes?: readonly string[];
}

export interface TestDynamoDb {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  readonly proxy: DynamoDbProxy;
  /** Creates an empty table. */
  createTable(tableName: string, keys: TableKeys): Promise<void>;
  close(): Promise<void>;
}

/**
 * The run's database, behind the runtime's proxy, with a client of the suite's own: open it in `beforeAll`, close it in
 * `afterAll`. Other suites use it at the same time: tables need names of the suite's own, such as `ownTable` gives.
 */
export async function openDynamoDb(meter: Meter = new CountingMeter()): Promise<TestDynamoDb> {
  const proxy = new DynamoDbProxy({ meter, region: 'us-east-1' }, await sharedDynamoDb());
  // On a busy machine a client may use a connection at the moment at which the server ends it for its idleness.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    void (async () => {
      const body = Buffer.concat((await request.toArray()) as Buffer[]);
      const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
      const answer = await proxy.tableCommand(operation, JSON.parse(body.toString()) as JsonObject);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
    })().catch((error: unknown) => {
      const { code, message, status, details } =
        error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500);
      response.writeHead(status).end(JSON.stringify({ __type: code, message, ...details }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = onlyLocal(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    endpoint,
    client,
    proxy,
    createTable: async (tableName, keys) => void (await proxy.tableCommand('CreateTable', tableInput(tableName, keys))),
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      server.close();
      await proxy.close();
    },
  };
}

/** A name that no other suite has for its table. */
export const ownTable = (name: string): string => `${name}-${randomUUID()}`;

/** Tests write and delete, and must do so nowhere but here. */
export function onlyLocal(endpoint: string): string {
  if (new URL(endpoint).hostname !== '127.0.0.1') throw new Error(`Tests run against 127.0.0.1 only, not ${endpoint}.`);
  return endpoint;
}

function tableInput(
  TableName: string,
  { partitionKey, sortKey, sortKeyType, indexes = {}, stream }: TableKeys,
): JsonObject {
  const keys = [
    { AttributeName: partitionKey, AttributeType: 'S', KeyType: 'HASH' },
    ...(sortKey === undefined
      ? []
      : [
          {
            AttributeName: sortKey,
            AttributeType: sortKeyType ?? (sortKey === 'version' ? 'N' : 'S'),
            KeyType: 'RANGE',
          },
        ]),
  ];
  const ofIndexes = new Set(Object.values(indexes).flatMap((index) => [index.partitionKey, index.sortKey]));
  const ofTable = keys.map(({ AttributeName }) => AttributeName);
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keys.map(({ AttributeName, KeyType }) => ({ AttributeName, KeyType })),
    AttributeDefinitions: [
      ...keys.map(({ AttributeName, AttributeType }) => ({ AttributeName, AttributeType })),
      ...[...ofIndexes]
        .filter((name) => !ofTable.includes(name))
        .map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    ],
    ...(ofIndexes.size > 0 && {
      GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, index]) => indexInput(IndexName, index)),
    }),
    ...(stream !== undefined && { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } }),
  };
}

const indexInput = (IndexName: string, { partitionKey, sortKey, attributes }: IndexKeys): JsonObject => ({
  IndexName,
  KeySchema: [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ],
  Projection: attributes
    ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [...attributes] }
    : { ProjectionType: 'KEYS_ONLY' },
});
