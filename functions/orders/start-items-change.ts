import type { SQSHandler } from 'aws-lambda';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import type { SagaInput, SagaStartDeps } from './application/ports.ts';
import { orderLog, stateMachine } from './composition.ts';
import { startsItemsChange } from './domain/saga-starts.ts';

/** Starts the saga of each requested change of items, once, however often the event comes. */
export const makeHandler = ({ log, saga }: SagaStartDeps<SagaInput & { readonly changeId: string }>) =>
  eventConsumer({
    log,
    isFor: startsItemsChange,
    handle: ({ orderId, data: { changeId } }) => saga.start(`${orderId}_${changeId}`, { orderId, changeId }),
  });

export const handler: SQSHandler = makeHandler({ log: orderLog(), saga: stateMachine() });
