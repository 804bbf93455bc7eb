import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { translateAwsError } from '../../../../../functions/shared/edge/aws-errors.ts';
import { DependencyUnavailable } from '../../../../../functions/shared/kernel/errors.ts';
import { DynamoDbPartnerStore } from '../../../../../functions/shared/outbound/adapters/dynamodb-partner-store.ts';

test('A table that does not answer within a time limit of ours is a service that is away, and no defect', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const db = DynamoDBDocumentClient.from(client);
  const store = new DynamoDbPartnerStore({ db, tableName: 'Partners', timeoutMs: 20 });
  const error = await store.read('carrier').catch((thrown: unknown) => thrown);
  expect(translateAwsError(error)).toBeInstanceOf(DependencyUnavailable);
  client.destroy();
  silent.closeAllConnections();
  silent.close();
});

test.each([{ name: 'TypeError' }, { name: 'ValidationException', $metadata: { httpStatusCode: 400 } }])(
  'An error that does not pass by itself stays what it is: %p',
  (fields) => {
    const error = Object.assign(new Error('A defect.'), fields);
    expect(translateAwsError(error)).toBe(error);
  },
);
