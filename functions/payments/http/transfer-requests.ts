/** What requests about transfers say. */
import * as z from 'zod';
import { generousLimitParameter } from '../../shared/http/page-limit.ts';
import { singleLine } from '../../shared/http/text.ts';
import { parseOrderId } from '../../shared/kernel/ids.ts';

export const transfersQuery = z.strictObject({ limit: generousLimitParameter, cursor: z.string().optional() });

/** The content of a cursor: the transfer after which a page begins. */
export const placeInTransfers = z.strictObject({ transferId: z.string().max(64), readAt: z.iso.datetime() });

export const decisionRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('match'), orderId: z.uuid().transform(parseOrderId) }),
  z.strictObject({ type: z.literal('return'), reason: singleLine(200) }),
  z.strictObject({ type: z.literal('done_outside'), reason: singleLine(200) }),
]);
export type DecisionRequest = z.output<typeof decisionRequest>;
