import { randomUUID } from 'node:crypto';
import { type Answer, parse, type Route } from '../shared/http.ts';
import { healthRoute } from '../shared/routes.ts';
import { DEVELOPMENT_GRANT, type TokenRequest, tokenRequest } from './protocol.ts';
import type { SigningKeys } from './signing-keys.ts';

const TOKENS = '/token';
const KEYS = '/keys';

/** The protocol of README.md. `keys` know the issuer's address as soon as the server listens. */
export function identityProviderRoutes(keys: SigningKeys): Route[] {
  return [
    healthRoute,
    {
      method: 'GET',
      path: /^\/\.well-known\/openid-configuration$/,
      handle: () => ({ status: 200, body: discovery(keys.issuer) }),
    },
    { method: 'GET', path: new RegExp(`^${KEYS}$`), handle: () => ({ status: 200, body: keys.published() }) },
    {
      method: 'POST',
      path: new RegExp(`^${KEYS}/rotate$`),
      handle: () => ({ status: 200, body: { kid: keys.rotate() } }),
    },
    { method: 'POST', path: new RegExp(`^${TOKENS}$`), handle: ({ body }) => issue(keys, parse(tokenRequest, body)) },
  ];
}

const discovery = (issuer: string) => ({
  issuer,
  jwks_uri: `${issuer}${KEYS}`,
  token_endpoint: `${issuer}${TOKENS}`,
  grant_types_supported: [DEVELOPMENT_GRANT],
  response_types_supported: ['token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
});

function issue(
  keys: SigningKeys,
  { sub, role, scope, email, name, audience, expires_in: lifetime }: TokenRequest,
): Answer {
  const now = Math.floor(Date.now() / 1_000);
  const token = keys.sign({
    iss: keys.issuer,
    aud: audience,
    sub,
    role,
    scope,
    email,
    name,
    jti: randomUUID(),
    // An expired token must have been issued before it expired.
    iat: Math.min(now, now + lifetime),
    exp: now + lifetime,
  });
  return {
    status: 200,
    body: {
      access_token: token,
      token_type: 'Bearer',
      expires_in: lifetime,
      ...(scope === undefined ? {} : { scope }),
    },
  };
}
