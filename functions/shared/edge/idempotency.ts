import type { JSONValue } from '@aws-lambda-powertools/commons/types';
import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyPersistenceLayerError,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { Context } from 'aws-lambda';
import { keyReused } from '../http/command-problems.ts';
import { Problem } from '../http/problem.ts';
import { IDEMPOTENCY_KEY_IN_USE } from '../http/problems.ts';
import { DependencyUnavailable } from '../kernel/errors.ts';
import { inKeyOrder } from '../kernel/key-order.ts';
import { dynamoDbClient } from './document-client.ts';
import { IDEMPOTENCY_TABLES } from './tables.ts';

/**
 * Longer than the effects of a request can take: a saga of 24 hours that is redriven on its 14th day, or an event that waits in a queue.
 * See docs/decisions/0044-idempotency-records-are-kept-for-16-days.md.
 */
export const IDEMPOTENCY_KEPT_SECONDS = 30 * 24 * 60 * 60;

export interface IdempotentCall {
  /** Scoped to caller and operation; undefined when the client sent no key: then every call is a new one. */
  readonly key: string | undefined;
  readonly requestHash: string;
  readonly lambdaContext: Context;
}

/** Runs `work` once per key; the first answer and its repetitions have their keys in one order. @throws Problem for a key that is in use, or belongs to another request */
export type Idempotency = <Answer extends Record<string, JSONValue | object>>(
  call: IdempotentCall,
  work: () => Promise<Answer>,
) => Promise<{ readonly answer: Answer; readonly replayed: boolean }>;

/** Powertools idempotency on DynamoDB: answers are kept, failures are not. */
export function dynamoDbIdempotency(tableName: string): Idempotency {
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName,
    awsSdkV3Client: dynamoDbClient(),
    keyAttr: IDEMPOTENCY_TABLES.idempotency.partitionKey,
    expiryAttr: IDEMPOTENCY_TABLES.idempotency.timeToLive,
  });
  return async <Answer extends Record<string, JSONValue | object>>(
    { key, requestHash, lambdaContext }: IdempotentCall,
    work: () => Promise<Answer>,
  ) => {
    if (key === undefined) return { answer: await work(), replayed: false };
    let replayed = false;
    const config = new IdempotencyConfig({
      eventKeyJmesPath: 'key',
      payloadValidationJmesPath: 'requestHash',
      expiresAfterSeconds: IDEMPOTENCY_KEPT_SECONDS,
      responseHook: (response) => {
        replayed = true;
        return response;
      },
    });
    config.registerLambdaContext(lambdaContext);
    const once = makeIdempotent(async (_request: { key: string; requestHash: string }) => (await work()) as JSONValue, {
      persistenceStore,
      config,
    });
    try {
      const answer = (await once({ key, requestHash })) as Answer;
      return { answer: inKeyOrder(answer), replayed };
    } catch (error) {
      throw problemOfKey(error);
    }
  };
}

function problemOfKey(error: unknown): unknown {
  if (error instanceof IdempotencyAlreadyInProgressError) {
    return new Problem(
      IDEMPOTENCY_KEY_IN_USE,
      'The first request with this Idempotency-Key is not answered yet. Repeat this one in a moment.',
      { headers: { 'Retry-After': '1' }, cause: error },
    );
  }
  if (error instanceof IdempotencyValidationError) {
    return keyReused(error);
  }
  if (error instanceof IdempotencyPersistenceLayerError) {
    return new DependencyUnavailable('The idempotency records could not be reached.', { cause: error });
  }
  return error;
}
