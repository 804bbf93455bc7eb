import type { Handler } from 'aws-lambda';
import { stepHandler, stepInput } from '../shared/edge/step.ts';
import { deployedStock } from './adapters/deployed-stock.ts';
import { releaseStock, type StockDeps } from './hold-stock.ts';

/** Compensation of ReserveInventory: puts the goods back, or forbids a reservation that is late. */
export const makeHandler = (deps: StockDeps) =>
  stepHandler({
    input: stepInput,
    run: async (step) => ({ version: await releaseStock(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedStock());
