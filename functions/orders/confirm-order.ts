import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { closeOrder } from './application/close-order.ts';
import type { CommandBusDeps } from './application/command-bus.ts';
import { commandBus } from './composition.ts';

/** The last step of the saga: the payment is captured and the shipment arranged. */
export const makeHandler = (deps: CommandBusDeps) =>
  stepHandler(stepInput, ({ orderId }) => closeOrder(deps, { type: 'ConfirmOrder', orderId }));

export const handler: Handler = makeHandler(commandBus());
