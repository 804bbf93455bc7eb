import type { Handler } from 'aws-lambda';
import { forwardStepInput, stepHandler } from '../shared/saga-step/step-handler.ts';
import { reserveStock, type StockDeps } from './application/hold-stock.ts';
import { deployedStock } from './composition.ts';

/** First step of the saga: holds the order's goods. */
export const makeHandler = (deps: StockDeps) =>
  stepHandler({
    input: forwardStepInput,
    run: async (step) => ({ version: await reserveStock(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedStock());
