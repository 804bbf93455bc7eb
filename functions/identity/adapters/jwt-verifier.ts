import { errors, jwtVerify } from 'jose';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import type { Claims, TokenVerifier } from '../application/ports.ts';
import type { IssuerKeys } from './issuer-keys.ts';

/** Pinned: what a token's header asks for counts only if it is one of these. Both need a key that only the issuer has. */
const ALGORITHMS = ['RS256', 'ES256'];
/** For clocks that differ a little. */
const LEEWAY_SECONDS = 5;

export interface JwtVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: Pick<IssuerKeys, 'find'>;
  /** Milliseconds since the epoch. @default the system's clock */
  readonly now?: () => number;
}

/** JSON Web Tokens (RFC 7519, with the advice of RFC 8725) of one issuer for one audience. */
export class JwtVerifier implements TokenVerifier {
  readonly #options: Required<JwtVerifierOptions>;

  constructor(options: JwtVerifierOptions) {
    this.#options = { now: Date.now, ...options };
  }

  async verify(token: string): Promise<Result<Claims, string>> {
    const { issuer, audience, keys, now } = this.#options;
    try {
      const { payload } = await jwtVerify(token, keys.find, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: LEEWAY_SECONDS,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(now()),
      });
      return accept(payload);
    } catch (error) {
      // Everything that jose finds wrong with a token has a code; what has none is not about the token.
      if (error instanceof errors.JOSEError) return refuse(`${error.code}: ${error.message}`);
      throw error;
    }
  }
}
