import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OPERATOR_SCOPES } from '../../../functions/published/routes.ts';
import { PEOPLE } from '../../../partners/identity-provider/people.ts';
import { identityProviderRoutes } from '../../../partners/identity-provider/server.ts';
import { SignIns } from '../../../partners/identity-provider/sign-ins.ts';
import { SigningKeys } from '../../../partners/identity-provider/signing-keys.ts';
import { CONSOLE, choose, goodRequest, pkce, visit } from '../../support/identity/signing-in.ts';
import { type Served, serve } from './served.ts';

const MINUTE = 60_000;
let now: number;
let keys: SigningKeys;
let provider: Served;

beforeEach(async () => {
  now = Date.parse('2026-11-28T10:00:00Z');
  keys = new SigningKeys();
  provider = await serve(() => identityProviderRoutes(keys, new SignIns(() => now)));
  keys.listenAt(provider.url);
});

afterEach(() => provider.close());

const authorise = (request: Readonly<Record<string, string>>, headers = {}) =>
  visit(`${provider.url}/authorize?${new URLSearchParams(request).toString()}`, { headers });
const token = async (form: Readonly<Record<string, string>>) => {
  const body = new URLSearchParams({ client_id: CONSOLE.client_id, ...form });
  const answer = await fetch(`${provider.url}/token`, { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};
const codeOf = async (verifier: string, person = 'ada') =>
  (await choose(provider.url, goodRequest(pkce(verifier)), { person })).back['code']!;
const redeem = (code: string, verifier: string, changed = {}) =>
  token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: CONSOLE.redirect_uri,
    code_verifier: verifier,
    ...changed,
  });
const renew = (refreshToken: string) => token({ grant_type: 'refresh_token', refresh_token: refreshToken });
const VERIFIER = 'v'.repeat(43);

describe('The page of the sign-in', () => {
  test('offers everybody of the shop, and keeps the request for the answer', async () => {
    const { status, page, headers } = await authorise(goodRequest(pkce()));
    expect(status).toBe(200);
    for (const { name } of PEOPLE) expect(page).toContain(name);
    expect(page).toContain('name="state" value="a-state"');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self' http:\/\/127\.0\.0\.1:3000;/,
    );
  });

  test('is in Chinese for those who ask for it', async () => {
    expect((await authorise({ ...goodRequest(pkce()), ui_locales: 'zh-CN en' })).page).toContain('您是谁');
  });

  test('shows what was sent as text', async () => {
    const { page } = await authorise({ ...goodRequest(pkce()), state: '"><script>' });
    expect(page).not.toContain('<script>');
    expect(page).toContain('&#34;&#62;&#60;script&#62;');
  });

  test.each([
    ['an unknown client', { client_id: 'others' }, 'client_id is others'],
    [
      'another host',
      { redirect_uri: 'https://shop.example/console/signed-in' },
      'redirect_uri is https://shop.example',
    ],
    ['another path', { redirect_uri: 'http://127.0.0.1:3000/elsewhere' }, 'redirect_uri is'],
    ['a query', { redirect_uri: `${CONSOLE.redirect_uri}?next=x` }, 'redirect_uri is'],
    ['another scheme', { redirect_uri: 'javascript://127.0.0.1/console/signed-in' }, 'redirect_uri is'],
    ['a user', { redirect_uri: 'http://a@127.0.0.1/console/signed-in' }, 'redirect_uri is'],
  ])('sends nobody to an address of %s', async (_, changed, said) => {
    for (const answer of [
      await authorise({ ...goodRequest(pkce()), ...changed }),
      await choose(provider.url, { ...goodRequest(pkce()), ...changed }, { person: 'ada' }),
    ]) {
      expect(answer).toMatchObject({ status: 400, leadsTo: undefined });
      expect(answer.page).toContain(said);
    }
  });

  test('takes any port of this machine, and a stage before the path', async () => {
    const redirect_uri = 'http://localhost:4566/live/console/signed-in';
    expect((await authorise({ ...goodRequest(pkce()), redirect_uri })).status).toBe(200);
  });

  test.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['no openid', { scope: 'orders:read' }, 'invalid_scope'],
    ['a challenge in plain text', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
  ])('sends the client a refusal of %s', async (_, changed, error) => {
    const { status, back } = await authorise({ ...goodRequest(pkce()), ...changed });
    expect({ status, ...back }).toMatchObject({ status: 303, error, state: 'a-state', iss: provider.url });
  });

  test('comes again for a choice that is nobody', async () => {
    const { status, page } = await choose(provider.url, goodRequest(pkce()), { sub: ' ', seconds: '60' });
    expect(status).toBe(200);
    expect(page).toContain('That is nobody');
  });
});

describe('A browser that is known', () => {
  test('is sent back at once, until a choice is asked for', async () => {
    const request = goodRequest(pkce());
    const { cookie } = await choose(provider.url, request, { person: 'ben' });
    expect((await authorise({ ...request, prompt: 'none' }, { cookie })).back).toMatchObject({ state: 'a-state' });
    expect((await authorise(request, { cookie })).status).toBe(303);
    expect((await authorise({ ...request, prompt: 'login' }, { cookie })).status).toBe(200);
  });

  test('is not known without its cookie, or after half a day', async () => {
    const request = { ...goodRequest(pkce()), prompt: 'none' };
    expect((await authorise(request)).back).toMatchObject({ error: 'login_required', state: 'a-state' });
    const { cookie } = await choose(provider.url, request, { person: 'ben' });
    now += 12 * 60 * MINUTE;
    expect((await authorise(request, { cookie })).back).toMatchObject({ error: 'login_required' });
  });
});

describe('A code', () => {
  test('becomes tokens of the person, with the scopes that were asked for and that they have', async () => {
    const { status, body } = await redeem(await codeOf(VERIFIER, 'dina'), VERIFIER);
    expect(status).toBe(200);
    const published = createLocalJWKSet(keys.published());
    const access = await jwtVerify(body['access_token']!, published, { issuer: provider.url, audience: 'waybill' });
    expect(access.payload).toMatchObject({ sub: 'dina', role: 'operator', scope: 'orders:read', name: 'Dina Rossi' });
    const identity = await jwtVerify(body['id_token']!, published, {
      issuer: provider.url,
      audience: CONSOLE.client_id,
    });
    expect(identity.payload).toMatchObject({
      sub: 'dina',
      nonce: 'a-nonce',
      name: 'Dina Rossi',
      auth_time: now / 1_000,
    });
  });

  test('of anybody else has the scopes and the time that the form says', async () => {
    const { back } = await choose(provider.url, goodRequest(pkce(VERIFIER)), {
      sub: 'op-9',
      scopes: 'orders:approve stock:write',
      seconds: '-60',
    });
    const { body } = await redeem(back['code']!, VERIFIER);
    const claims = decodeJwt(body['access_token']!);
    expect(claims).toMatchObject({ sub: 'op-9', scope: 'orders:approve' });
    expect(claims.exp! * 1_000).toBeLessThan(Date.now());
  });

  test('is good once: the second time ends what the first one began', async () => {
    const code = await codeOf(VERIFIER);
    const { body } = await redeem(code, VERIFIER);
    expect(await redeem(code, VERIFIER)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await renew(body['refresh_token']!)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('is good for a minute', async () => {
    const code = await codeOf(VERIFIER);
    now += MINUTE;
    expect(await redeem(code, VERIFIER)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 'invalid_grant'],
    ['a verifier that is too short', { code_verifier: 'v' }, 'invalid_request'],
    ['another address', { redirect_uri: 'http://127.0.0.1:3001/console/signed-in' }, 'invalid_grant'],
    ['an unknown client', { client_id: 'others' }, 'invalid_client'],
    ['a code that nobody has', { code: 'none' }, 'invalid_grant'],
  ])('is worth nothing with %s', async (_, changed, error) => {
    expect(await redeem(await codeOf(VERIFIER), VERIFIER, changed)).toMatchObject({ status: 400, body: { error } });
  });
});

describe('A refresh token', () => {
  const first = async () => (await redeem(await codeOf(VERIFIER), VERIFIER)).body;

  test('becomes new tokens of the same person', async () => {
    const { status, body } = await renew((await first())['refresh_token']!);
    expect(status).toBe(200);
    expect(decodeJwt(body['access_token']!)).toMatchObject({ sub: 'ada', scope: 'orders:read orders:approve' });
    expect(decodeJwt(body['id_token']!)).not.toHaveProperty('nonce');
  });

  test('is good once: the second time ends the sign-in', async () => {
    const { refresh_token: stolen } = await first();
    const { body } = await renew(stolen!);
    expect((await renew(stolen!)).status).toBe(400);
    expect(await renew(body['refresh_token']!)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('is given only to those who ask for it', async () => {
    const request = { ...goodRequest(pkce(VERIFIER)), scope: 'openid orders:read' };
    const { back } = await choose(provider.url, request, { person: 'ada' });
    expect((await redeem(back['code']!, VERIFIER)).body).not.toHaveProperty('refresh_token');
  });
});

test('The people of the shop have scopes that there are, and one of them has all', () => {
  expect(PEOPLE.flatMap(({ scopes }) => scopes).filter((scope) => !OPERATOR_SCOPES.includes(scope))).toEqual([]);
  expect([...PEOPLE[0]!.scopes].sort()).toEqual([...OPERATOR_SCOPES].sort());
});
