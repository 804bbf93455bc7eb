import type { Handler } from 'aws-lambda';
import { forwardStepInput, stepHandler } from '../shared/saga-step/step-handler.ts';
import { createShipment, type ShippingDeps } from './application/shipment-steps.ts';
import { deployedShipping } from './composition.ts';

/** Third step of the saga: books the delivery. */
export const makeHandler = (deps: ShippingDeps) =>
  stepHandler({
    input: forwardStepInput,
    run: async (step) => ({ version: await createShipment(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedShipping());
