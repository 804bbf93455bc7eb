import type { Handler } from 'aws-lambda';
import { forwardStepInput, stepHandler } from '../shared/edge/step.ts';
import { deployedPayments } from './adapters/deployed-payments.ts';
import { authorisePayment, type PaymentDeps } from './payment-steps.ts';

/** Second step of the saga: holds the order's money at the gateway. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler({
    input: forwardStepInput,
    run: async (step) => ({ version: await authorisePayment(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedPayments());
