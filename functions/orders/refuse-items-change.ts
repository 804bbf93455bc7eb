import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { ITEMS_CHANGE_REFUSALS } from '../published/order-events.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { changeStepInput } from '../shared/saga-step/step-input.ts';
import { closeOrder } from './application/close-order.ts';
import type { CommandBusDeps } from './application/command-bus.ts';
import { commandBus } from './composition.ts';

const refusal = changeStepInput.extend({ reason: z.enum(ITEMS_CHANGE_REFUSALS) });

/**
 * The end of a change of items that cannot be made: the order stays as it was. A change that was made nevertheless
 * stays made.
 */
export const makeHandler = (deps: CommandBusDeps) =>
  stepHandler(refusal, (step) => closeOrder(deps, { type: 'RefuseItemsChange', ...step }));

export const handler: Handler = makeHandler(commandBus());
