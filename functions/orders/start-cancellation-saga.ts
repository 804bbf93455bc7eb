import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { readEnvironment } from '../shared/edge/environment.ts';
import { StepFunctionsSaga } from './adapters/step-functions-saga.ts';
import { makeHandler } from './start-order-saga.ts';

/** Starts the cancellation of a confirmed order: its own saga has ended, and a saga of its own undoes what was done. */
const environment = readEnvironment(z.object({ SAGA_ARN: z.string() }));
export const handler: SQSHandler = makeHandler({ saga: new StepFunctionsSaga(environment.SAGA_ARN) });
