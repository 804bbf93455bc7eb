import type { Handler } from 'aws-lambda';
import { changeStepInput, stepHandler } from '../shared/edge/step.ts';
import { deployedStock } from './adapters/deployed-stock.ts';
import { changeReservation } from './change-reservation.ts';
import type { StockDeps } from './hold-stock.ts';

/** The pivot of a change of items: holds the new goods instead of the old ones, and records that the items have changed. */
export const makeHandler = (deps: StockDeps) =>
  stepHandler({
    input: changeStepInput,
    run: async (step) => ({ version: await changeReservation(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedStock());
