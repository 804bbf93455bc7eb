import type { Handler } from 'aws-lambda';
import { compensationHandler } from '../shared/saga-step/compensation-handler.ts';
import type { PaymentDeps } from './application/ports.ts';
import { voidPayment } from './application/void.ts';
import { deployedPayments } from './composition.ts';

/** Compensation of AuthorisePayment and CapturePayment: voids or refunds, as the gateway's record requires. */
export const makeHandler = (deps: PaymentDeps) => compensationHandler('VoidPayment', (step) => voidPayment(deps, step));

export const handler: Handler = makeHandler(deployedPayments());
