import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { eventConsumer } from '../shared/edge/consumer.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { StepFunctionsOrderSaga } from './adapters/step-functions-order-saga.ts';
import type { OrderSaga } from './ports.ts';

/** Starts the saga of each created order, once, however often the event comes. */
export const makeHandler = ({ saga }: { readonly saga: OrderSaga }) =>
  eventConsumer(({ orderId, version }) => saga.start(orderId, version));

const environment = readEnvironment(z.object({ ORDER_SAGA_ARN: z.string() }));
export const handler: SQSHandler = makeHandler({ saga: new StepFunctionsOrderSaga(environment.ORDER_SAGA_ARN) });
