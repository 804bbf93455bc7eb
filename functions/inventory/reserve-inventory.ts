import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { forwardStepInput } from '../shared/saga-step/step-input.ts';
import type { InventoryDeps } from './application/ports.ts';
import { reserveStock } from './application/reserve.ts';
import { deployedInventory } from './composition.ts';

interface ReserveDeps extends InventoryDeps {
  readonly configuration: ConfigurationSource;
}

/** First step of the saga: reserves the order's goods. */
export const makeHandler = ({ configuration, ...deps }: ReserveDeps) =>
  stepHandler(forwardStepInput, async (step) => {
    const { inventory } = await configuration.current();
    return reserveStock(deps, step, inventory.reservationSeconds);
  });

export const handler: Handler = makeHandler({ ...deployedInventory(), configuration: configurationSource() });
