import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { forwardStepInput } from '../shared/saga-step/step-input.ts';
import { capturePayment } from './application/capture.ts';
import type { PaymentDeps } from './application/ports.ts';
import { deployedPayments } from './composition.ts';

/** The pivot of the saga: captures the authorised payment. */
export const makeHandler = (deps: PaymentDeps) => stepHandler(forwardStepInput, (step) => capturePayment(deps, step));

export const handler: Handler = makeHandler(deployedPayments());
