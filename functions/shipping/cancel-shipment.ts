import type { Handler } from 'aws-lambda';
import { compensationHandler } from '../shared/saga-step/compensation-handler.ts';
import { cancelShipments } from './application/cancel.ts';
import type { ShippingDeps } from './application/ports.ts';
import { deployedShipping } from './composition.ts';

/** Compensation of CreateShipment: cancels every shipment, or withdraws a booking that is late. */
export const makeHandler = (deps: ShippingDeps) =>
  compensationHandler('CancelShipment', (step) => cancelShipments(deps, step));

export const handler: Handler = makeHandler(deployedShipping());
