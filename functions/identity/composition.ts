import * as z from 'zod';
import { readEnvironment } from '../shared/edge/environment.ts';
import { safeUrl } from '../shared/edge/safe-url.ts';
import { IssuerKeys } from './adapters/issuer-keys.ts';
import { JwtVerifier } from './adapters/jwt-verifier.ts';

/** Checks the tokens of the issuer that the deployment trusts. */
export function tokenVerifier(): JwtVerifier {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = readEnvironment(
    z.object({ OIDC_ISSUER: safeUrl, OIDC_AUDIENCE: z.string().check(z.minLength(1)) }),
  );
  return new JwtVerifier({ issuer, audience, keys: new IssuerKeys({ issuer }) });
}
