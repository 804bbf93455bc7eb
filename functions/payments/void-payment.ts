import type { Handler } from 'aws-lambda';
import { stepHandler, stepInput } from '../shared/saga-step/step-handler.ts';
import { type PaymentDeps, undoPayment } from './application/payment-steps.ts';
import { deployedPayments } from './composition.ts';

/** Compensation of AuthorisePayment and CapturePayment: voids or refunds, whatever the gateway says was done. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler({
    input: stepInput,
    run: async (step) => ({ version: await undoPayment(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedPayments());
