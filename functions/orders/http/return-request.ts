import * as z from 'zod';
import { REJECTION_REASONS, RETURN_REASONS } from '../domain/event-data.ts';
import { comment } from './command-requests.ts';
import { item, items, MAX_LINES } from './order-request.ts';

export const returnRequest = z.strictObject({ items, reason: z.enum(RETURN_REASONS).exactOptional(), comment });

/** What has become of the goods of a return. An empty body accepts everything that is undecided. */
export const returnReceipt = z.strictObject({
  accepted: items.exactOptional(),
  /** Those of the accepted units that cannot be sold again. */
  damaged: items.exactOptional(),
  /** The shop keeps nothing of the refund. */
  waivesFee: z.boolean().exactOptional(),
  rejected: z
    .array(item.extend({ reason: z.enum(REJECTION_REASONS), comment }))
    .min(1)
    .max(MAX_LINES)
    .exactOptional(),
});
