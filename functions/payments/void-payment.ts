import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { stepInput } from '../shared/saga-step/step-input.ts';
import type { PaymentDeps } from './application/ports.ts';
import { voidPayment } from './application/void.ts';
import { deployedPayments } from './composition.ts';

/** Compensation of AuthorisePayment and CapturePayment: voids or refunds, as the gateway's record requires. */
export const makeHandler = (deps: PaymentDeps) => stepHandler(stepInput, (step) => voidPayment(deps, step));

export const handler: Handler = makeHandler(deployedPayments());
