import type { Handler } from 'aws-lambda';
import { forwardStepInput, stepHandler } from '../shared/edge/step.ts';
import { deployedShipping } from './adapters/deployed-shipping.ts';
import { createShipment, type ShippingDeps } from './shipment-steps.ts';

/** Third step of the saga: books the delivery. */
export const makeHandler = (deps: ShippingDeps) =>
  stepHandler({
    input: forwardStepInput,
    run: async (step) => ({ version: await createShipment(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedShipping());
