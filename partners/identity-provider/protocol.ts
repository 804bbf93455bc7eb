/** The identity provider's request of development; README.md has an example. */
import * as z from 'zod';

/** The one grant: every caller gets the token that it describes. Nothing like it may exist outside of development. */
export const DEVELOPMENT_GRANT = 'urn:waybill:params:oauth:grant-type:development';

export const DEFAULT_LIFETIME_SECONDS = 3_600;
/** The API that tokens are for. */
export const DEFAULT_AUDIENCE = 'waybill';
const A_YEAR_SECONDS = 366 * 24 * 3_600;

const text = z.string().min(1).max(256);

export const tokenRequest = z.strictObject({
  grant_type: z.literal(DEVELOPMENT_GRANT, `The grant here is ${DEVELOPMENT_GRANT}`),
  sub: text,
  role: text,
  scope: z.string().max(1_000).optional(),
  email: text.optional(),
  name: text.optional(),
  audience: text.default(DEFAULT_AUDIENCE),
  /** Seconds; a negative number makes an expired token. */
  expires_in: z.coerce.number().int().min(-A_YEAR_SECONDS).max(A_YEAR_SECONDS).default(DEFAULT_LIFETIME_SECONDS),
});
