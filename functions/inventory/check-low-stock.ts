import type { Handler } from 'aws-lambda';
import { logger } from '../shared/edge/logger.ts';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { checkLowStock, type LowStockDeps } from './application/check-low-stock.ts';
import { lowStock } from './composition.ts';

/** On schedule: tells of the articles that are low by now, and of those that no longer are. */
export const makeHandler = (deps: LowStockDeps) =>
  scheduledHandler(async () => {
    const crossed = await checkLowStock(deps);
    if (crossed.length > 0) logger.info('Articles crossed their threshold of low stock.', { skus: crossed });
  });

export const handler: Handler = makeHandler(lowStock());
