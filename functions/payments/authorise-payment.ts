import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { forwardStepInput } from '../shared/saga-step/step-input.ts';
import { authorisePayment } from './application/authorise.ts';
import type { PaymentDeps } from './application/ports.ts';
import { deployedPayments } from './composition.ts';

/** Second step of the saga: authorises the payment at the gateway. */
export const makeHandler = (deps: PaymentDeps) => stepHandler(forwardStepInput, (step) => authorisePayment(deps, step));

export const handler: Handler = makeHandler(deployedPayments());
