import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { changeStepInput } from '../shared/saga-step/step-input.ts';
import type { PaymentDeps } from './application/ports.ts';
import { restoreAuthorisation } from './application/restore.ts';
import { deployedPayments } from './composition.ts';

/** Compensation of AdjustAuthorisation: lowers the authorisation to the order's total. */
export const makeHandler = (deps: PaymentDeps) =>
  stepHandler(changeStepInput, (step) => restoreAuthorisation(deps, step));

export const handler: Handler = makeHandler(deployedPayments());
