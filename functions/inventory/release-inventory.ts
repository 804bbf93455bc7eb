import type { Handler } from 'aws-lambda';
import { compensationHandler } from '../shared/saga-step/compensation-handler.ts';
import type { InventoryDeps } from './application/ports.ts';
import { releaseStock } from './application/release.ts';
import { deployedInventory } from './composition.ts';

/** Compensation of ReserveInventory: releases the reservation, or leaves a tombstone against a late one. */
export const makeHandler = (deps: InventoryDeps) =>
  compensationHandler('ReleaseInventory', (step) => releaseStock(deps, step));

export const handler: Handler = makeHandler(deployedInventory());
