import type { Result } from '../../shared/kernel/result.ts';

/** The claims of a token whose signature, issuer, audience and times are good. */
export type Claims = Readonly<Record<string, unknown>>;

export interface TokenVerifier {
  /**
   * Resolves to the token's claims, or to why it is refused, in words for the log.
   * @throws DependencyUnavailable when the issuer's keys cannot be had: the token may be good
   */
  verify(token: string): Promise<Result<Claims, string>>;
}
