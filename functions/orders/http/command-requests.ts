/** What the bodies of several requests that change an order have in common. Unknown fields are refused. */
import * as z from 'zod';
import { multiLine } from '../../shared/http/text.ts';

/** A free text by the caller; it stays with the order and is not published. */
export const comment = multiLine(500).exactOptional();

export const nothing = z.strictObject({});
export const commented = z.strictObject({ comment });
