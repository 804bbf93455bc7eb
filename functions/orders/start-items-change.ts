import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { eventConsumer } from '../shared/edge/consumer.ts';
import type { Saga, SagaInput } from './application/ports.ts';
import { stateMachine } from './composition.ts';

const requested = z.object({ changeId: z.uuid() });

/** Starts the saga of each requested change of items, once, however often the event comes. */
export const makeHandler = ({ saga }: { readonly saga: Saga<SagaInput & { readonly changeId: string }> }) =>
  eventConsumer(({ orderId, data }) => {
    const { changeId } = requested.parse(data);
    return saga.start(`${orderId}_${changeId}`, { orderId, changeId });
  });

export const handler: SQSHandler = makeHandler({ saga: stateMachine() });
