import { type Ask, type Corrections, type Engine, requestHeaders } from '../engine.ts';
import { binary } from './binary.ts';
import { existingStart } from './segments.ts';
import { databaseFile, hasDatabase, repairStorage } from './storage.ts';
import { streamAnswer, streamRequest } from './streams.ts';

/** dynoxide: a native program over SQLite. In memory its streams cannot get the indexes that they need. */
export const dynoxide = (): Engine => ({
  name: 'dynoxide',
  title: 'dynoxide',
  region: 'dynoxide',
  isMadeForMemory: false,
  deletesExpired: false,
  command: ({ port, dir }) => [
    binary(),
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    ...(dir === undefined ? [] : ['--db-path', databaseFile(dir)]),
  ],
  // It wants a date, and looks at none.
  headers: (target) => ({ ...requestHeaders(target), 'x-amz-date': '20260101T000000Z' }),
  holdsData: hasDatabase,
  repairStorage,
  correctedItemOperations: ['Scan'],
  corrections: (ask: Ask): Corrections => ({
    request: (operation, request) =>
      operation === 'Scan' ? existingStart(ask, request) : streamRequest(operation, request),
    answer: streamAnswer,
  }),
});
