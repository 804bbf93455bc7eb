import * as z from 'zod';
import { isSafeUrl, SAFE_URL } from '../kernel/safe-url.ts';

/** The address of a partner or of the token issuer, in an environment or an answer. */
export const safeUrl = z.string().refine(isSafeUrl, `must be ${SAFE_URL}`);
