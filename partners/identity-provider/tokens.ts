/** The token endpoint: RFC 6749 (4.1.3 and 6), and the grant of development, by which everybody gets what they ask for. */
import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Answer, parse } from '../shared/http.ts';
import { IDENTITY_SCOPES } from './authorise.ts';
import { clientNamed } from './clients.ts';
import { asTokenAnswer, OAuthError } from './oauth-error.ts';
import { DEFAULT_AUDIENCE, DEFAULT_LIFETIME_SECONDS, tokenRequest } from './protocol.ts';
import type { Grant, SignIns } from './sign-ins.ts';
import type { SigningKeys } from './signing-keys.ts';

const IDENTITY_SECONDS = 300;

const codeRequest = z.object({
  client_id: z.string(),
  code: z.string(),
  redirect_uri: z.string(),
  // RFC 7636, 4.1
  code_verifier: z.string().regex(/^[\w.~-]{43,128}$/, 'expected 43 to 128 characters of A-Z a-z 0-9 - . _ ~'),
});
const refreshRequest = z.object({ client_id: z.string(), refresh_token: z.string() });

export interface Issuing {
  readonly signIns: SignIns;
  readonly keys: SigningKeys;
}

/** @throws HttpError for a request of the grant of development that is refused */
export function issueTokens(issuing: Issuing, body: unknown): Answer {
  const grant = (body as { readonly grant_type?: unknown } | undefined)?.grant_type;
  if (grant !== 'authorization_code' && grant !== 'refresh_token') return developmentToken(issuing.keys, body);
  try {
    return grant === 'refresh_token' ? renewed(issuing, body) : redeemed(issuing, body);
  } catch (error) {
    if (error instanceof OAuthError) return asTokenAnswer(error);
    throw error;
  }
}

function redeemed(issuing: Issuing, body: unknown): Answer {
  const { client_id, code, redirect_uri: redirectUri, code_verifier: verifier } = read(codeRequest, body);
  const grant = issuing.signIns.redeem(code, { clientId: knownClient(client_id), redirectUri, verifier });
  return tokensFor(issuing, grant, grant.nonce);
}

function renewed(issuing: Issuing, body: unknown): Answer {
  const { client_id, refresh_token: token } = read(refreshRequest, body);
  return tokensFor(issuing, issuing.signIns.renew(token, knownClient(client_id)));
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new OAuthError('invalid_request', faults.join('; '));
}

function knownClient(id: string): string {
  if (clientNamed(id) === undefined) {
    throw new OAuthError('invalid_client', `client_id is ${id}; no such client is registered.`);
  }
  return id;
}

/** @param nonce of the sign-in, which a renewal does not repeat */
function tokensFor({ signIns, keys }: Issuing, grant: Grant, nonce?: string): Answer {
  const { session, clientId, scopes } = grant;
  const { sub, name, email, tokenSeconds = DEFAULT_LIFETIME_SECONDS } = session.person;
  const accessToken = apiToken(keys, tokenSeconds, {
    aud: DEFAULT_AUDIENCE,
    sub,
    role: 'operator',
    scope: scopes.filter((scope) => !IDENTITY_SCOPES.includes(scope)).join(' '),
    email,
    name,
    client_id: clientId,
  });
  const now = Math.floor(Date.now() / 1_000);
  const identityToken = keys.sign({
    iss: keys.issuer,
    aud: clientId,
    sub,
    nonce,
    sid: session.name,
    auth_time: Math.floor(session.since / 1_000),
    at_hash: halfHash(accessToken),
    ...(scopes.includes('profile') ? { name } : {}),
    ...(scopes.includes('email') ? { email } : {}),
    iat: now,
    exp: now + IDENTITY_SECONDS,
  });
  return answerOf({
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: tokenSeconds,
    scope: scopes.join(' '),
    id_token: identityToken,
    ...(scopes.includes('offline_access') ? { refresh_token: signIns.refreshToken(grant) } : {}),
  });
}

function developmentToken(keys: SigningKeys, body: unknown): Answer {
  const { sub, role, scope, email, name, audience, expires_in: lifetime } = parse(tokenRequest, body);
  return answerOf({
    access_token: apiToken(keys, lifetime, { aud: audience, sub, role, scope, email, name }),
    token_type: 'Bearer',
    expires_in: lifetime,
    ...(scope === undefined ? {} : { scope }),
  });
}

function apiToken(keys: SigningKeys, lifetime: number, claims: object): string {
  const now = Math.floor(Date.now() / 1_000);
  return keys.sign({
    iss: keys.issuer,
    ...claims,
    jti: randomUUID(),
    // An expired token must have been issued before it expired.
    iat: Math.min(now, now + lifetime),
    exp: now + lifetime,
  });
}

/** RFC 6749, 5.1: nobody keeps tokens. */
const answerOf = (body: object): Answer => ({ status: 200, body, headers: { 'cache-control': 'no-store' } });

/** OpenID Connect Core 1.0, 3.1.3.6: by it the identity token names the access token. */
const halfHash = (token: string): string =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
