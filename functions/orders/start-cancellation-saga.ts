import type { SQSHandler } from 'aws-lambda';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import type { SagaStartDeps } from './application/ports.ts';
import { orderLog, stateMachine } from './composition.ts';
import { startsCancellationSaga } from './domain/saga-starts.ts';

/**
 * Starts the cancellation of a confirmed order: its saga has ended, and a saga of its own compensates what was done.
 */
export const makeHandler = ({ log, saga }: SagaStartDeps) =>
  eventConsumer({ log, isFor: startsCancellationSaga, handle: ({ orderId }) => saga.start(orderId, { orderId }) });

export const handler: SQSHandler = makeHandler({ log: orderLog(), saga: stateMachine() });
