import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { stepHandler, stepInput } from '../shared/edge/step.ts';
import { CANCELLATION_REASONS, COMPENSATIONS } from '../shared/kernel/order-events.ts';
import { commandBusEnvironment, deployedCommandBus } from './adapters/deployed-command-bus.ts';
import { closeOrder } from './commands/close-order.ts';
import type { CommandBusDeps } from './commands/command-bus.ts';

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
