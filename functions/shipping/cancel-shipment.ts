import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import { cancelShipment } from './application/cancel.ts';
import type { ShippingDeps } from './application/ports.ts';
import { deployedShipping } from './composition.ts';

/** Compensation of CreateShipment: cancels the delivery, or withdraws a booking that is late. */
export const makeHandler = (deps: ShippingDeps) => stepHandler(stepInput, (step) => cancelShipment(deps, step));

export const handler: Handler = makeHandler(deployedShipping());
