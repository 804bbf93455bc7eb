import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { forwardStepInput } from '../shared/saga-step/step-input.ts';
import { bookShipments } from './application/book.ts';
import type { ShippingDeps } from './application/ports.ts';
import { deployedShipping } from './composition.ts';

interface CreateDeps extends ShippingDeps {
  readonly configuration: ConfigurationSource;
}

/** Third step of the saga: plans the order's shipments and books them. */
export const makeHandler = ({ configuration, ...deps }: CreateDeps) =>
  stepHandler(forwardStepInput, async (step) => bookShipments(deps, step, (await configuration.current()).shipping));

export const handler: Handler = makeHandler({ ...deployedShipping(), configuration: configurationSource() });
