/** The authorisation endpoint: the code flow of OpenID Connect Core 1.0 (3.1) with PKCE (RFC 7636). */
import * as z from 'zod';
import { type Answer, type Call, HttpError } from '../shared/http.ts';
import { type Client, clientNamed, isRegistered } from './clients.ts';
import { cookieOf, newCookie } from './cookie.ts';
import { OAuthError, type OAuthErrorCode } from './oauth-error.ts';
import { chosenPerson } from './people.ts';
import { chooserPage } from './sign-in-page.ts';
import type { Session, SignIns } from './sign-ins.ts';

export const IDENTITY_SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/** What is asked of a client that is known, and gets its answer by a redirect; RFC 6749 (3.1) has unknown parameters ignored. */
const request = z.object({
  response_type: z.literal('code', 'response_type must be code'),
  scope: z.string().regex(/(^| )openid( |$)/, 'scope must have openid in it'),
  code_challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'code_challenge must be the base64url of a SHA-256'),
  code_challenge_method: z.literal('S256', 'code_challenge_method must be S256'),
  response_mode: z.literal('query', 'response_mode must be query').optional(),
  state: z.string().optional(),
  nonce: z.string().optional(),
  prompt: z.string().optional(),
  ui_locales: z.string().optional(),
});

type AuthorisationRequest = z.output<typeof request>;

interface Asked {
  readonly client: Client;
  readonly redirectUri: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** `GET /authorize`: back at once when the browser has a session and no choice is asked for, and otherwise the page that asks who one is. */
export function authorise(signIns: SignIns, issuer: string, { query, headers }: Call): Answer {
  const asked = askedBy(Object.fromEntries(query));
  return answered(asked, issuer, (wanted) => {
    const prompts = (wanted.prompt ?? '').split(' ');
    const session = signIns.sessionOf(cookieOf(issuer, headers));
    const asksAnew = prompts.includes('login') || prompts.includes('select_account');
    if (session !== undefined && !asksAnew) return sendCode(signIns, issuer, asked, wanted, session);
    if (prompts.includes('none')) throw new OAuthError('login_required', 'Nobody is signed in at the issuer.');
    return chooserPage(asked.client, asked.fields, wanted.ui_locales);
  });
}

/** `POST /authorize`: the same parameters from the page, and who one has chosen to be. */
export function chosen(signIns: SignIns, issuer: string, { body }: Call): Answer {
  const form = (body ?? {}) as Record<string, string>;
  const { person: _, sub: __, scopes: ___, seconds: ____, ...fields } = form;
  const asked = askedBy(fields);
  return answered(asked, issuer, (wanted) => {
    const person = chosenPerson(form);
    if (person === undefined) return chooserPage(asked.client, asked.fields, wanted.ui_locales, { isWrong: true });
    const session = signIns.start(person);
    const answer = sendCode(signIns, issuer, asked, wanted, session);
    return { ...answer, headers: { ...answer.headers, 'set-cookie': newCookie(issuer, session.id) } };
  });
}

/** @throws HttpError for a client or an address that is not registered: nobody is sent to an address that may be anybody's */
function askedBy(fields: Readonly<Record<string, string>>): Asked {
  const { client_id: clientId, redirect_uri: redirectUri = '' } = fields;
  const client = clientNamed(clientId);
  if (client === undefined) {
    throw new HttpError(
      400,
      'invalid-request',
      `client_id is ${clientId ?? 'not given'}; no such client is registered.`,
    );
  }
  if (!isRegistered(redirectUri, client.signedInPath)) {
    throw new HttpError(
      400,
      'invalid-request',
      `redirect_uri is ${redirectUri || 'not given'}; expected an address of this machine that ends with ${client.signedInPath}.`,
    );
  }
  return { client, redirectUri, fields };
}

function answered(asked: Asked, issuer: string, answer: (wanted: AuthorisationRequest) => Answer): Answer {
  try {
    const { success, data, error } = request.safeParse(asked.fields);
    if (success) return answer(data);
    const [issue] = error.issues;
    throw new OAuthError(codeFor(String(issue?.path[0])), issue?.message ?? '');
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { state } = asked.fields;
    return sendBack(asked.redirectUri, { error: error.code, error_description: error.message, state, iss: issuer });
  }
}

function codeFor(field: string): OAuthErrorCode {
  if (field === 'response_type') return 'unsupported_response_type';
  return field === 'scope' ? 'invalid_scope' : 'invalid_request';
}

function sendCode(
  signIns: SignIns,
  issuer: string,
  { client, redirectUri }: Asked,
  { scope, nonce, state, code_challenge: challenge }: AuthorisationRequest,
  session: Session,
): Answer {
  const possible = [...IDENTITY_SCOPES, ...session.person.scopes];
  const scopes = scope.split(' ').filter((each) => possible.includes(each));
  const code = signIns.code({ session, clientId: client.id, scopes, nonce, redirectUri, challenge });
  return sendBack(redirectUri, { code, state, iss: issuer });
}

/** 303: the browser asks with GET, whatever it sent. */
function sendBack(address: string, parameters: Readonly<Record<string, string | undefined>>): Answer {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
  return { status: 303, body: '', headers: { location: url.href, 'cache-control': 'no-store' } };
}
