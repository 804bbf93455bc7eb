import type { Handler } from 'aws-lambda';
import { changeStepInput, stepHandler } from '../shared/saga-step/step-handler.ts';
import { adjustAuthorisation } from './application/change-authorisation.ts';
import type { PaymentDeps } from './application/payment-steps.ts';
import { deployedPayments } from './composition.ts';

/** First step of a change of items: holds enough money for the new total. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler({
    input: changeStepInput,
    run: async (step) => ({ version: await adjustAuthorisation(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedPayments());
