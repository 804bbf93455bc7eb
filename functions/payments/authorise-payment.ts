import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { forwardStepInput } from '../shared/saga-step/step-input.ts';
import { authorisePayment } from './application/authorise.ts';
import type { PaymentDeps } from './application/ports.ts';
import { deployedPayments } from './composition.ts';

interface AuthoriseDeps extends PaymentDeps {
  /** How long customers have to pay. @default as the settings are by default */
  readonly configuration?: ConfigurationSource;
}

/** Second step of the saga: authorises the payment at the gateway. */
export const makeHandler = ({ configuration, ...deps }: AuthoriseDeps) =>
  stepHandler(forwardStepInput, async (step) =>
    authorisePayment(deps, step, (await configuration?.current())?.payments.payWithinSeconds),
  );

export const handler: Handler = makeHandler({ ...deployedPayments(), configuration: configurationSource() });
