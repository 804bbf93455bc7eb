import type { SQSHandler } from 'aws-lambda';
import { eventConsumer } from '../shared/edge/consumer.ts';
import type { Saga } from './application/ports.ts';
import { stateMachine } from './composition.ts';

/** Starts the saga of each created or approved order, once, however often the event comes. */
export const makeHandler = ({ saga }: { readonly saga: Saga }) =>
  eventConsumer(({ orderId }) => saga.start(orderId, { orderId }));

export const handler: SQSHandler = makeHandler({ saga: stateMachine() });
