import type { Handler } from 'aws-lambda';
import { compensationHandler } from '../shared/saga-step/compensation-handler.ts';
import { cancelShipment } from './application/cancel.ts';
import type { ShippingDeps } from './application/ports.ts';
import { deployedShipping } from './composition.ts';

/** Compensation of CreateShipment: cancels the delivery, or withdraws a booking that is late. */
export const makeHandler = (deps: ShippingDeps) =>
  compensationHandler('CancelShipment', (step) => cancelShipment(deps, step));

export const handler: Handler = makeHandler(deployedShipping());
