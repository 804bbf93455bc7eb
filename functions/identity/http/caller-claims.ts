import * as z from 'zod';
import type { CallerContext } from '../../shared/http/caller.ts';
import { cleanCharacters, singleLine } from '../../shared/http/text.ts';
import { isCustomerId } from '../../shared/kernel/ids.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import type { Claims } from '../application/ports.ts';

/** A claim that no request needs: one of another form counts as absent. */
const optionalClaim = (max: number) => singleLine(max).optional().catch(undefined);

const callerClaims = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('customer'),
    sub: z.string().refine(isCustomerId, 'it is no customer id'),
    /** The length of an address (RFC 5321, 4.5.3.1). */
    email: optionalClaim(254),
    name: optionalClaim(100),
  }),
  z.object({
    role: z.literal('operator'),
    sub: z.string().min(1).max(128).check(cleanCharacters),
    scope: z.string().max(2_000).default(''),
  }),
]);

/** The caller that a good token names, in the form that functions get, or the reason why it names none. */
export function callerIn(claims: Claims): Result<CallerContext, string> {
  const parsed = callerClaims.safeParse(claims);
  if (!parsed.success) {
    return refuse(parsed.error.issues.map(({ path, message }) => `claim ${path.join('.')}: ${message}`).join('; '));
  }
  const { data } = parsed;
  if (data.role === 'operator') return accept({ principalId: data.sub, role: 'operator', scope: data.scope });
  const { sub, email, name } = data;
  return accept({
    principalId: sub,
    role: 'customer',
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
  });
}
