/** The identity provider as the library of the console understands it: discovery, sign-in, renewal, sign-out. */
import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from 'oidc-client-ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identityProviderRoutes } from '../../../partners/identity-provider/server.ts';
import { SigningKeys } from '../../../partners/identity-provider/signing-keys.ts';
import { CONSOLE, choose, SIGNED_OUT, visit } from '../../support/identity/signing-in.ts';
import { type Served, serve } from './served.ts';

let provider: Served;
let client: OidcClient;

beforeEach(async () => {
  const keys = new SigningKeys();
  provider = await serve(() => identityProviderRoutes(keys));
  keys.listenAt(provider.url);
  client = new OidcClient({
    authority: provider.url,
    ...CONSOLE,
    post_logout_redirect_uri: SIGNED_OUT,
    scope: 'openid profile email offline_access orders:read',
    stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
  });
});

afterEach(() => provider.close());

async function signIn() {
  const { url } = await client.createSigninRequest({ state: { page: '/orders' } });
  const request = Object.fromEntries(new URL(url).searchParams);
  const { leadsTo, cookie } = await choose(provider.url, request, { person: 'chen' });
  return { response: await client.processSigninResponse(leadsTo!), cookie };
}

describe('The library of the console', () => {
  test('signs somebody in and knows who it is', async () => {
    const { response } = await signIn();
    expect(response.profile).toMatchObject({ sub: 'chen', name: 'Chen Jing', email: 'chen@shop.example' });
    expect(response.userState).toEqual({ page: '/orders' });
    expect(response.scope).toBe('openid profile email offline_access orders:read');
    expect(response.expires_in).toBeGreaterThan(3_500);
  });

  test('renews tokens without the person', async () => {
    const { response } = await signIn();
    const { access_token, refresh_token, id_token, scope, session_state, profile } = response;
    const state = {
      data: undefined,
      refresh_token: refresh_token!,
      id_token: id_token!,
      scope,
      session_state,
      profile,
    };
    const renewed = await client.useRefreshToken({ state: state as never });
    expect(renewed.access_token).not.toBe(access_token);
    expect(renewed.refresh_token).not.toBe(refresh_token);
    expect(renewed.profile.sub).toBe('chen');
  });

  test('finds out that nobody is signed in, without a page', async () => {
    const { url } = await client.createSigninRequest({ prompt: 'none' });
    const { leadsTo } = await visit(url);
    await expect(client.processSigninResponse(leadsTo!)).rejects.toMatchObject({ error: 'login_required' });
  });

  test('signs somebody out, for the browser and for refresh tokens', async () => {
    const { response, cookie } = await signIn();
    const { url } = await client.createSignoutRequest({ id_token_hint: response.id_token!, state: 'bye' });
    const out = await visit(url, { headers: { cookie: cookie! } });
    expect(out).toMatchObject({ status: 303 });
    expect(out.leadsTo).toMatch(/^http:\/\/127\.0\.0\.1:3000\/console\/\?state=/);
    const silent = await client.createSigninRequest({ prompt: 'none' });
    expect((await visit(silent.url, { headers: { cookie: cookie! } })).back['error']).toBe('login_required');
    const refused = await fetch(`${provider.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: CONSOLE.client_id,
        refresh_token: response.refresh_token!,
      }),
    });
    expect(refused.status).toBe(400);
  });
});

describe('A sign-out', () => {
  const signOut = (parameters: Readonly<Record<string, string>>) =>
    visit(`${provider.url}/logout?${new URLSearchParams(parameters).toString()}`);

  test('ends with a page when no address is named', async () => {
    const { response } = await signIn();
    const { status, page } = await signOut({ id_token_hint: response.id_token! });
    expect({ status, page }).toMatchObject({
      status: 200,
      page: expect.stringContaining('You have signed out') as string,
    });
  });

  test.each(['', 'a.b.c'])('is refused without an identity token of this provider (%j)', async (id_token_hint) => {
    expect((await signOut({ id_token_hint, post_logout_redirect_uri: SIGNED_OUT })).status).toBe(400);
  });

  test('sends nobody to an address that is not registered', async () => {
    const { response } = await signIn();
    const refused = await signOut({
      id_token_hint: response.id_token!,
      post_logout_redirect_uri: 'https://evil.example/console/',
    });
    expect(refused).toMatchObject({ status: 400, leadsTo: undefined });
  });
});

describe('A page in a browser', () => {
  const allowedTo = async (path: string, origin: string, method = 'GET') => {
    const body = method === 'POST' ? new URLSearchParams({ grant_type: 'refresh_token' }) : null;
    const answer = await fetch(`${provider.url}${path}`, { method, headers: { origin }, body });
    return answer.headers.get('access-control-allow-origin');
  };

  test.each([
    ['/.well-known/openid-configuration', 'GET'],
    ['/keys', 'GET'],
    ['/token', 'POST'],
  ])('of this machine may read %s, and no other', async (path, method) => {
    expect(await allowedTo(path, 'http://127.0.0.1:3000', method)).toBe('http://127.0.0.1:3000');
    expect(await allowedTo(path, 'https://evil.example', method)).toBeNull();
  });
});
