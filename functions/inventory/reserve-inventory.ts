import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { forwardStepInput } from '../shared/saga-step/step-input.ts';
import type { InventoryDeps } from './application/ports.ts';
import { reserveStock } from './application/reserve.ts';
import { deployedInventory } from './composition.ts';

const reserveStepInput = forwardStepInput.extend({ canWait: z.boolean().default(false) });

interface ReserveDeps extends InventoryDeps {
  readonly configuration: ConfigurationSource;
}

/** First step of the saga: reserves the order's goods. */
export const makeHandler = ({ configuration, ...deps }: ReserveDeps) =>
  stepHandler(reserveStepInput, async (step) => reserveStock(deps, step, (await configuration.current()).inventory));

export const handler: Handler = makeHandler({ ...deployedInventory(), configuration: configurationSource() });
