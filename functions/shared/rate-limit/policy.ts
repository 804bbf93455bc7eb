import * as z from 'zod';

/** How many requests a caller may make. */
export interface RatePolicy {
  /** Requests a second that a bucket is refilled by; up to a million. */
  readonly perSecond: number;
  /** Requests that a full bucket holds, at least 1. */
  readonly burst: number;
}

/** Unless operators set another one. */
export const DEFAULT_POLICY: RatePolicy = { perSecond: 50, burst: 100 };

const policyContext = z.object({
  perSecond: z.coerce.number().check(z.gt(0), z.lte(1_000_000)),
  burst: z.coerce.number().check(z.int(), z.gte(1)),
});

/** The policy for a request, as the authoriser tells functions beside the caller: API Gateway passes text only. */
export const policyContextOf = ({ perSecond, burst }: RatePolicy) => ({
  perSecond: String(perSecond),
  burst: String(burst),
});

/** The policy for a request; the default one when the authoriser, such as that of the last release, has named none. */
export function policyIn(authorizer: unknown): RatePolicy {
  const parsed = policyContext.safeParse(authorizer);
  return parsed.success ? parsed.data : DEFAULT_POLICY;
}
