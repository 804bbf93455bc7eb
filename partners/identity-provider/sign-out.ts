/** The end of a session as the client brings it about: OpenID Connect RP-Initiated Logout 1.0. */
import { type Answer, type Call, HttpError } from '../shared/http.ts';
import { clientNamed, isRegistered } from './clients.ts';
import { noCookie } from './cookie.ts';
import { signedOutPage } from './sign-in-page.ts';
import type { SignIns } from './sign-ins.ts';
import type { SigningKeys } from './signing-keys.ts';

/**
 * `GET /logout`. The identity token says that the request comes from a client that the person had signed in to; without one, another page could
 * sign people out, or send them somewhere.
 * @throws HttpError
 */
export function signOut(signIns: SignIns, keys: SigningKeys, { query }: Call): Answer {
  const {
    id_token_hint: hint = '',
    post_logout_redirect_uri: address,
    state,
    ui_locales: locales,
  } = Object.fromEntries(query);
  const claims = keys.claimsOf(hint);
  const client = clientNamed(typeof claims?.['aud'] === 'string' ? claims['aud'] : undefined);
  if (client === undefined) {
    throw new HttpError(
      400,
      'invalid-request',
      'id_token_hint must be an identity token that was issued here to a client.',
    );
  }
  if (address !== undefined && !isRegistered(address, client.signedOutPath)) {
    throw new HttpError(
      400,
      'invalid-request',
      `post_logout_redirect_uri is ${address}; expected an address of this machine that ends with ${client.signedOutPath}.`,
    );
  }
  signIns.end(String(claims?.['sid']));
  const cookie = { 'set-cookie': noCookie(keys.issuer), 'cache-control': 'no-store' };
  if (address === undefined) {
    const page = signedOutPage(client, locales);
    return { ...page, headers: { ...page.headers, ...cookie } };
  }
  const url = new URL(address);
  if (state !== undefined) url.searchParams.set('state', state);
  return { status: 303, body: '', headers: { ...cookie, location: url.href } };
}
