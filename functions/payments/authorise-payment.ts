import type { Handler } from 'aws-lambda';
import { forwardStepInput, stepHandler } from '../shared/saga-step/step-handler.ts';
import { authorisePayment, type PaymentDeps } from './application/payment-steps.ts';
import { deployedPayments } from './composition.ts';

/** Second step of the saga: holds the order's money at the gateway. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler({
    input: forwardStepInput,
    run: async (step) => ({ version: await authorisePayment(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedPayments());
