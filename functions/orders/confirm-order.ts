import type { Handler } from 'aws-lambda';
import { stepHandler, stepInput } from '../shared/saga-step/step-handler.ts';
import { closeOrder } from './application/close-order.ts';
import type { CommandBusDeps } from './application/command-bus.ts';
import { commandBus } from './composition.ts';

/** The last step of the saga: the order is charged and its shipment arranged. */
export const makeHandler = (deps: CommandBusDeps) =>
  stepHandler({
    input: stepInput,
    run: async ({ orderId }) => ({ version: await closeOrder(deps, { type: 'ConfirmOrder', orderId }) }),
  });

export const handler: Handler = makeHandler(commandBus());
