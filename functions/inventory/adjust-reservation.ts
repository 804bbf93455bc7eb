import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { changeStepInput } from '../shared/saga-step/step-input.ts';
import { adjustReservation } from './application/adjust.ts';
import type { InventoryDeps } from './application/ports.ts';
import { deployedInventory } from './composition.ts';

/** The pivot of a change of items: reserves the new goods instead of the old ones, and records that the items have changed. */
export const makeHandler = (deps: InventoryDeps) =>
  stepHandler(changeStepInput, (step) => adjustReservation(deps, step));

export const handler: Handler = makeHandler(deployedInventory());
