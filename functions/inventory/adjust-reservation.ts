import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { changeStepInput } from '../shared/saga-step/step-input.ts';
import { adjustReservation } from './application/adjust.ts';
import type { InventoryDeps } from './application/ports.ts';
import { deployedInventory } from './composition.ts';

/** The pivot of a change of items: reserves the new goods instead of the old ones, and records that the items have changed. */
export const makeHandler = ({
  configuration,
  ...deps
}: InventoryDeps & { readonly configuration: ConfigurationSource }) =>
  stepHandler(changeStepInput, async (step) =>
    adjustReservation(deps, step, (await configuration.current()).inventory),
  );

export const handler: Handler = makeHandler({ ...deployedInventory(), configuration: configurationSource() });
