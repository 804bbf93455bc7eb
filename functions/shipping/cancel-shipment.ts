import type { Handler } from 'aws-lambda';
import { stepHandler, stepInput } from '../shared/edge/step.ts';
import { deployedShipping } from './adapters/deployed-shipping.ts';
import { cancelShipment, type ShippingDeps } from './shipment-steps.ts';

/** Compensation of CreateShipment: cancels the delivery, or withdraws a booking that is late. */
export const makeHandler = (deps: ShippingDeps) =>
  stepHandler({
    input: stepInput,
    run: async (step) => ({ version: await cancelShipment(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedShipping());
