import type { Handler } from 'aws-lambda';
import { forwardStepInput, stepHandler } from '../shared/edge/step.ts';
import { deployedPayments } from './adapters/deployed-payments.ts';
import { capturePayment, type PaymentDeps } from './payment-steps.ts';

/** The pivot of the saga: takes the money that is held. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler({
    input: forwardStepInput,
    run: async (step) => ({ version: await capturePayment(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedPayments());
