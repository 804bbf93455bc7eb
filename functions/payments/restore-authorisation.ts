import type { Handler } from 'aws-lambda';
import { changeStepInput, stepHandler } from '../shared/edge/step.ts';
import { deployedPayments } from './adapters/deployed-payments.ts';
import { restoreAuthorisation } from './change-authorisation.ts';
import type { PaymentDeps } from './payment-steps.ts';

/** Compensation of AdjustAuthorisation: holds no more than the order's total. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler({
    input: changeStepInput,
    run: async (step) => ({ version: await restoreAuthorisation(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedPayments());
