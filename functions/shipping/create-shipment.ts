import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { forwardStepInput } from '../shared/saga-step/step-input.ts';
import { bookShipment } from './application/book.ts';
import type { ShippingDeps } from './application/ports.ts';
import { deployedShipping } from './composition.ts';

/** Third step of the saga: books the delivery. */
export const makeHandler = (deps: ShippingDeps) => stepHandler(forwardStepInput, (step) => bookShipment(deps, step));

export const handler: Handler = makeHandler(deployedShipping());
