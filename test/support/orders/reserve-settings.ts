import type { ReserveSettings } from '../../../functions/inventory/application/reserve.ts';

/** How long each order's goods are kept for it. */
export const KEEP_SECONDS = 3_600;

/** What wants more than there is, is cancelled: as shops have it if they do not set it otherwise. */
export const REFUSING: ReserveSettings = { reservationSeconds: KEEP_SECONDS, whenShort: 'refuse', backorderDays: 14 };

/** What wants more than there is, waits for goods. */
export const BACKORDERING: ReserveSettings = { ...REFUSING, whenShort: 'backorder' };

/** What wants more than there is, gets what there is. */
export const PARTIAL: ReserveSettings = { ...REFUSING, whenShort: 'partial' };
