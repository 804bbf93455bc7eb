import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { stepHandler, stepInput } from '../shared/saga-step/step-handler.ts';
import { commandBusEnvironment, deployedCommandBus } from './adapters/deployed-command-bus.ts';
import { closeOrder } from './application/close-order.ts';
import type { CommandBusDeps } from './application/command-bus.ts';

/** The last step of the saga: the order is charged and its shipment arranged. */
export const makeHandler = (deps: CommandBusDeps) =>
  stepHandler({
    input: stepInput,
    run: async ({ orderId }) => ({ version: await closeOrder(deps, { type: 'ConfirmOrder', orderId }) }),
  });

const environment = readEnvironment(z.object(commandBusEnvironment));
export const handler: Handler = makeHandler(deployedCommandBus(documentClient(), environment));
