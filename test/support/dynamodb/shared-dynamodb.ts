/**
 * One engine in memory for all suites of a run, since starting one takes longer than most suites use it. Vitest's main
 * process owns it and starts it when the first suite asks for its address, so that a run of unit tests starts none.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dynamoDbLocal } from '../../../local/dynamodb/dynamodb-local/engine.ts';
import type { Engine } from '../../../local/dynamodb/engine.ts';
import { engineHere } from '../../../local/dynamodb/engines.ts';
import { EngineProcess } from '../../../local/dynamodb/process.ts';
import type { EngineAddress } from '../../../local/dynamodb/proxy.ts';

/** The variable that gives vitest's workers the address at which they ask for the database. */
const VARIABLE = 'WAYBILL_TEST_DYNAMODB';

let directory: Server | undefined;
let dynamoDb: Promise<EngineProcess> | undefined;

/** The engine that the run is for, small when it is DynamoDB Local. @throws EngineUnavailable */
export const testEngine = (heap = '64m'): Engine =>
  engineHere().name === 'dynamodb-local' ? dynamoDbLocal(heap) : engineHere();

/** Before the run. */
export async function offerSharedDynamoDb(): Promise<void> {
  directory = createServer((_, response) => {
    dynamoDb ??= (async () => EngineProcess.start(testEngine('512m')))();
    dynamoDb.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(directory, 'listening');
  process.env[VARIABLE] = `http://127.0.0.1:${(directory.address() as AddressInfo).port}`;
}

/** After the run. */
export async function endSharedDynamoDb(): Promise<void> {
  directory?.closeAllConnections();
  directory?.close();
  await (await dynamoDb?.catch(() => undefined))?.close();
}

/** For suites: the database, as soon as it answers. @throws Error with the reason when it does not start */
export async function sharedDynamoDb(): Promise<EngineAddress> {
  const answer = await fetch(process.env[VARIABLE]!);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return { engine: testEngine(), url: text };
}
