/**
 * One DynamoDB Local in memory for all suites of a run: a Java of its own costs each of them more than what it asks of it.
 * Jest's own process keeps it, and starts it when the first suite asks where it is, so that a run of unit tests has none.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDbProcess } from '../../../local/dynamodb/process.ts';

/** Names, to jest's workers, the address that tells where the database is. */
const VARIABLE = 'WAYBILL_TEST_DYNAMODB';

let directory: Server | undefined;
let dynamoDb: Promise<DynamoDbProcess> | undefined;

/** For jest's `globalSetup`. */
export async function offerSharedDynamoDb(): Promise<void> {
  directory = createServer((_, response) => {
    dynamoDb ??= DynamoDbProcess.start({ heap: '512m' });
    dynamoDb.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(directory, 'listening');
  process.env[VARIABLE] = `http://127.0.0.1:${(directory.address() as AddressInfo).port}`;
}

/** For jest's `globalTeardown`. */
export async function endSharedDynamoDb(): Promise<void> {
  directory?.closeAllConnections();
  directory?.close();
  await (await dynamoDb?.catch(() => undefined))?.close();
}

/** For suites: the database's URL, as soon as it answers. @throws Error with why it does not start. */
export async function sharedDynamoDbUrl(): Promise<string> {
  const answer = await fetch(process.env[VARIABLE]!);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
