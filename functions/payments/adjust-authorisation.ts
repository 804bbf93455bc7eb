import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { changeStepInput } from '../shared/saga-step/step-input.ts';
import { adjustAuthorisation } from './application/adjust.ts';
import type { PaymentDeps } from './application/ports.ts';
import { deployedPayments } from './composition.ts';

/** First step of a change of items: authorises enough for the new total. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler(changeStepInput, (step) => adjustAuthorisation(deps, step));

export const handler: Handler = makeHandler(deployedPayments());
