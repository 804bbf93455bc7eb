import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { CANCELLATION_REASONS, COMPENSATIONS } from '../published/order-events.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { stepHandler, stepInput } from '../shared/saga-step/step-handler.ts';
import { commandBusEnvironment, deployedCommandBus } from './adapters/deployed-command-bus.ts';
import { closeOrder } from './application/close-order.ts';
import type { CommandBusDeps } from './application/command-bus.ts';

const cancelInput = stepInput.extend({
  reason: z.enum(CANCELLATION_REASONS),
  parked: z.array(z.object({ step: z.enum(COMPENSATIONS), error: z.string() })),
});

/** The end of the compensations: the order is cancelled, and what could not be undone is left for a person. */
export const makeHandler = (deps: CommandBusDeps) =>
  stepHandler({
    input: cancelInput,
    run: async ({ orderId, reason, parked }) => ({
      version: await closeOrder(deps, { type: 'CancelOrder', orderId, reason, parked }),
    }),
  });

const environment = readEnvironment(z.object(commandBusEnvironment));
export const handler: Handler = makeHandler(deployedCommandBus(documentClient(), environment));
