import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { SAGA_STEPS } from '../published/order-events.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { awaitRecovery } from './application/await-recovery.ts';
import type { AwaitDeps } from './application/ports.ts';
import { awaiting } from './composition.ts';

const awaitInput = stepInput.extend({
  taskToken: z.string().min(1),
  failures: z.array(z.object({ step: z.enum(SAGA_STEPS), error: z.string(), retries: z.int().optional() })).min(1),
  changeId: z.uuid().optional(),
});

/** Notes that steps of a saga wait until their partner is back: the execution goes on when its token is answered. */
export const makeHandler = (deps: AwaitDeps) => stepHandler(awaitInput, (request) => awaitRecovery(deps, request));

export const handler: Handler = makeHandler(awaiting());
