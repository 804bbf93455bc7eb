import type { Handler } from 'aws-lambda';
import { changeStepInput, stepHandler } from '../shared/edge/step.ts';
import { deployedPayments } from './adapters/deployed-payments.ts';
import { adjustAuthorisation } from './change-authorisation.ts';
import type { PaymentDeps } from './payment-steps.ts';

/** First step of a change of items: holds enough money for the new total. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler({
    input: changeStepInput,
    run: async (step) => ({ version: await adjustAuthorisation(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedPayments());
