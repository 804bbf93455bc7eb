import type { Handler } from 'aws-lambda';
import { stepHandler, stepInput } from '../shared/saga-step/step-handler.ts';
import { releaseStock, type StockDeps } from './application/hold-stock.ts';
import { deployedStock } from './composition.ts';

/** Compensation of ReserveInventory: puts the goods back, or forbids a reservation that is late. */
export const makeHandler = (deps: StockDeps) =>
  stepHandler({
    input: stepInput,
    run: async (step) => ({ version: await releaseStock(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedStock());
