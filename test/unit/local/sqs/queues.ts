import { DatabaseSync } from 'node:sqlite';
import type { QueueDefinition } from '../../../../local/sqs/queue.ts';
import { SqsService } from '../../../../local/sqs/service.ts';
import type { StandardQueues } from '../../../../local/sqs/standard-queues.ts';
import { type TestContext, testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

export const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const ENDPOINT = 'http://127.0.0.1:4566';
export const urlOf = (name: string): string => `${ENDPOINT}/000000000000/${name}`;

export interface Queues {
  readonly service: SqsService;
  readonly sqs: StandardQueues;
  readonly clock: VirtualClock;
  readonly ctx: TestContext;
  readonly store: DatabaseSync;
}

export const queueNamed = (name: string, overrides: Partial<QueueDefinition> = {}): QueueDefinition => ({
  name,
  arn: arnOf(name),
  visibilityTimeoutMs: 30_000,
  retentionMs: 4 * 86_400_000,
  delayMs: 0,
  ...overrides,
});

/** An SQS service with these queues; the same `store` and `clock` make it a restart of an earlier one. */
export function queues(
  definitions: readonly QueueDefinition[],
  { store = new DatabaseSync(':memory:'), clock = new VirtualClock() } = {},
): Queues {
  const ctx = testContext(clock, store);
  const service = new SqsService(ctx, { endpointUrl: ENDPOINT });
  for (const definition of definitions) service.queues.define(definition);
  return { service, sqs: service.queues, clock, ctx, store };
}
