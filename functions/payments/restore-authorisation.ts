import type { Handler } from 'aws-lambda';
import { changeStepInput, stepHandler } from '../shared/saga-step/step-handler.ts';
import { restoreAuthorisation } from './application/change-authorisation.ts';
import type { PaymentDeps } from './application/payment-steps.ts';
import { deployedPayments } from './composition.ts';

/** Compensation of AdjustAuthorisation: holds no more than the order's total. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler({
    input: changeStepInput,
    run: async (step) => ({ version: await restoreAuthorisation(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedPayments());
