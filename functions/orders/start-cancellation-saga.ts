import type { SQSHandler } from 'aws-lambda';
import { eventConsumer } from '../shared/edge/consumer.ts';
import type { Saga } from './application/ports.ts';
import { stateMachine } from './composition.ts';

/**
 * Starts the cancellation of a confirmed order: its saga has ended, and a saga of its own compensates what was done.
 */
export const makeHandler = ({ saga }: { readonly saga: Saga }) =>
  eventConsumer(({ orderId }) => saga.start(orderId, { orderId }));

export const handler: SQSHandler = makeHandler({ saga: stateMachine() });
