import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { CANCELLATION_REASONS, COMPENSATIONS } from '../published/order-events.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { closeOrder } from './application/close-order.ts';
import type { CommandBusDeps } from './application/command-bus.ts';
import { commandBus } from './composition.ts';

const cancelInput = stepInput.extend({
  reason: z.enum(CANCELLATION_REASONS),
  parked: z.array(z.object({ step: z.enum(COMPENSATIONS), error: z.string() })),
});

/** The end of the compensations: the order is cancelled, and parked compensations are left for an operator. */
export const makeHandler = (deps: CommandBusDeps) =>
  stepHandler(cancelInput, (step) => closeOrder(deps, { type: 'CancelOrder', ...step }));

export const handler: Handler = makeHandler(commandBus());
