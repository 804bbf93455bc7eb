import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { forwardStepInput } from '../shared/saga-step/step-input.ts';
import { type CaptureDeps, capturePayment } from './application/capture.ts';
import { deployedPayments } from './composition.ts';

/** The pivot of the saga: captures the authorised payment. */
export const makeHandler = (deps: CaptureDeps) => stepHandler(forwardStepInput, (step) => capturePayment(deps, step));

export const handler: Handler = makeHandler({
  ...deployedPayments(),
  settings: async () => (await configurationSource().current()).recovery,
});
