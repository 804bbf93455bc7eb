import type { Handler } from 'aws-lambda';
import { forwardStepInput, stepHandler } from '../shared/saga-step/step-handler.ts';
import { capturePayment, type PaymentDeps } from './application/payment-steps.ts';
import { deployedPayments } from './composition.ts';

/** The pivot of the saga: takes the money that is held. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler({
    input: forwardStepInput,
    run: async (step) => ({ version: await capturePayment(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedPayments());
