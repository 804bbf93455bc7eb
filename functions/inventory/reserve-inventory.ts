import type { Handler } from 'aws-lambda';
import { forwardStepInput, stepHandler } from '../shared/edge/step.ts';
import { deployedStock } from './adapters/deployed-stock.ts';
import { reserveStock, type StockDeps } from './hold-stock.ts';

/** First step of the saga: holds the order's goods. */
export const makeHandler = (deps: StockDeps) =>
  stepHandler({
    input: forwardStepInput,
    run: async (step) => ({ version: await reserveStock(deps, step) }),
  });

export const handler: Handler = makeHandler(deployedStock());
