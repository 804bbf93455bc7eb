import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { eventConsumer } from '../shared/edge/consumer.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { StepFunctionsSaga } from './adapters/step-functions-saga.ts';
import type { Saga } from './application/ports.ts';

/** Starts the saga of each created order, once, however often the event comes. */
export const makeHandler = ({ saga }: { readonly saga: Saga }) =>
  eventConsumer(({ orderId }) => saga.start(orderId, { orderId }));

const environment = readEnvironment(z.object({ SAGA_ARN: z.string() }));
export const handler: SQSHandler = makeHandler({ saga: new StepFunctionsSaga(environment.SAGA_ARN) });
