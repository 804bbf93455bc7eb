import type { Handler } from 'aws-lambda';
import { stepHandler, stepInput } from '../shared/saga-step/step-handler.ts';
import { cancelShipment, type ShippingDeps } from './application/shipment-steps.ts';
import { deployedShipping } from './composition.ts';

/** Compensation of CreateShipment: cancels the delivery, or withdraws a booking that is late. */
export const makeHandler = (deps: ShippingDeps) =>
  stepHandler({
    input: stepInput,
    run: async (step) => ({ version: await cancelShipment(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedShipping());
