import type { Handler } from 'aws-lambda';
import { stepHandler } from '../shared/saga-step/step-handler.ts';
import { forwardStepInput } from '../shared/saga-step/step-input.ts';
import type { InventoryDeps } from './application/ports.ts';
import { reserveStock } from './application/reserve.ts';
import { deployedInventory } from './composition.ts';

/** First step of the saga: reserves the order's goods. */
export const makeHandler = (deps: InventoryDeps) => stepHandler(forwardStepInput, (step) => reserveStock(deps, step));

export const handler: Handler = makeHandler(deployedInventory());
