import type { IncomingHttpHeaders } from 'node:http';
import { isLocal } from '../shared/foreign-requests.ts';
import type { Answer, Call, Route } from '../shared/http.ts';
import { healthRoute } from '../shared/routes.ts';
import { authorise, chosen, IDENTITY_SCOPES } from './authorise.ts';
import { DEVELOPMENT_GRANT } from './protocol.ts';
import { SignIns } from './sign-ins.ts';
import { signOut } from './sign-out.ts';
import type { SigningKeys } from './signing-keys.ts';
import { issueTokens } from './tokens.ts';

const AUTHORISATIONS = '/authorize';
const TOKENS = '/token';
const KEYS = '/keys';
const SIGN_OUT = '/logout';

/** The protocol of README.md. `keys` know the issuer's address as soon as the server listens. */
export function identityProviderRoutes(keys: SigningKeys, signIns = new SignIns()): Route[] {
  const route = (method: Route['method'], path: string, handle: (call: Call) => Answer): Route => ({
    method,
    path: new RegExp(`^${path.replaceAll('.', '\\.')}$`),
    handle,
  });
  return [
    healthRoute,
    route(
      'GET',
      '/.well-known/openid-configuration',
      readable(() => ({ status: 200, body: discovery(keys.issuer) })),
    ),
    route(
      'GET',
      KEYS,
      readable(() => ({ status: 200, body: keys.published() })),
    ),
    route('POST', `${KEYS}/rotate`, () => ({ status: 200, body: { kid: keys.rotate() } })),
    route('GET', AUTHORISATIONS, (call) => authorise(signIns, keys.issuer, call)),
    route('POST', AUTHORISATIONS, (call) => chosen(signIns, keys.issuer, call)),
    route(
      'POST',
      TOKENS,
      readable(({ body }) => issueTokens({ signIns, keys }, body)),
    ),
    route('GET', SIGN_OUT, (call) => signOut(signIns, keys, call)),
  ];
}

const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}${AUTHORISATIONS}`,
  token_endpoint: `${issuer}${TOKENS}`,
  end_session_endpoint: `${issuer}${SIGN_OUT}`,
  jwks_uri: `${issuer}${KEYS}`,
  scopes_supported: IDENTITY_SCOPES,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token', DEVELOPMENT_GRANT],
  prompt_values_supported: ['none', 'login', 'select_account'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
  claims_supported: ['iss', 'aud', 'sub', 'name', 'email', 'auth_time', 'sid'],
  ui_locales_supported: ['en', 'zh'],
  authorization_response_iss_parameter_supported: true,
});

/** Pages of this machine may read the answer in a browser (CORS); it needs no cookie, and such requests are sent without asking first. */
const readable =
  (handle: (call: Call) => Answer) =>
  (call: Call): Answer => {
    const answer = handle(call);
    return { ...answer, headers: { ...answer.headers, ...sharedWith(call.headers) } };
  };

function sharedWith({ origin }: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const isOurs = origin !== undefined && isLocal(origin);
  return { vary: 'Origin', ...(isOurs ? { 'access-control-allow-origin': origin } : {}) };
}
