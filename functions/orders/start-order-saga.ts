import type { SQSHandler } from 'aws-lambda';
import { eventConsumer } from '../shared/edge/event-consumer.ts';
import type { SagaStartDeps } from './application/ports.ts';
import { orderLog, stateMachine } from './composition.ts';
import { startsOrderSaga } from './domain/saga-starts.ts';

/** Starts the saga of each created or approved order, once, however often the event comes. */
export const makeHandler = ({ log, saga }: SagaStartDeps) =>
  eventConsumer({ log, isFor: startsOrderSaga, handle: ({ orderId }) => saga.start(orderId, { orderId }) });

export const handler: SQSHandler = makeHandler({ log: orderLog(), saga: stateMachine() });
