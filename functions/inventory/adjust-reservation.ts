import type { Handler } from 'aws-lambda';
import { changeStepInput, stepHandler } from '../shared/saga-step/step-handler.ts';
import { changeReservation } from './application/change-reservation.ts';
import type { StockDeps } from './application/hold-stock.ts';
import { deployedStock } from './composition.ts';

/** The pivot of a change of items: holds the new goods instead of the old ones, and records that the items have changed. */
export const makeHandler = (deps: StockDeps) =>
  stepHandler({
    input: changeStepInput,
    run: async (step) => ({ version: await changeReservation(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedStock());
