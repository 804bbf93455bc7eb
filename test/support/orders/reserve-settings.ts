import type { ReserveSettings } from '../../../functions/inventory/application/reserve.ts';
import { sourcesOf } from '../../../functions/inventory/domain/sources.ts';
import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';

/** How long each order's goods are kept for it. */
export const KEEP_SECONDS = 3_600;

const { locations, allocation, backorderDays } = DEFAULT_CONFIGURATION.inventory;

/** What wants more than there is, is cancelled: as shops have it if they do not set it otherwise. */
export const REFUSING: ReserveSettings = {
  locations,
  allocation,
  reservationSeconds: KEEP_SECONDS,
  whenShort: 'refuse',
  backorderDays,
};

/** What wants more than there is, waits for goods. */
export const BACKORDERING: ReserveSettings = { ...REFUSING, whenShort: 'backorder' };

/** What wants more than there is, gets what there is. */
export const PARTIAL: ReserveSettings = { ...REFUSING, whenShort: 'partial' };

/** Of a shop that has one location. */
export const ONE_SOURCE = sourcesOf(REFUSING, 'CN');
