import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEVELOPMENT_GRANT } from '../../../partners/identity-provider/protocol.ts';
import { identityProviderRoutes } from '../../../partners/identity-provider/server.ts';
import { SigningKeys } from '../../../partners/identity-provider/signing-keys.ts';
import { type Served, serve } from './served.ts';

let folder: string;
let provider: Served;
let keys: SigningKeys;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'waybill-issuer-'));
  keys = new SigningKeys(path.join(folder, 'identity-provider.json'));
  provider = await serve(() => identityProviderRoutes(keys));
  keys.listenAt(provider.url);
});

afterEach(async () => {
  await provider.close();
  rmSync(folder, { recursive: true });
});

const published = async () => (await provider.send('GET', '/keys')).body as JSONWebKeySet;
const tokenOf = async (request: object): Promise<string> => {
  const { status, body } = await provider.send('POST', '/token', {
    grant_type: DEVELOPMENT_GRANT,
    sub: 'C1',
    role: 'customer',
    ...request,
  });
  expect(status).toBe(200);
  return (body as { access_token: string }).access_token;
};
const verify = async (token: string, jwks?: JSONWebKeySet) =>
  jwtVerify(token, createLocalJWKSet(jwks ?? (await published())), {
    issuer: provider.url,
    audience: 'waybill',
    algorithms: ['ES256'],
  });

describe('Discovery', () => {
  test('leads from the issuer to its keys and tokens', async () => {
    const { body } = await provider.send('GET', '/.well-known/openid-configuration');
    expect(body).toMatchObject({
      issuer: provider.url,
      jwks_uri: `${provider.url}/keys`,
      token_endpoint: `${provider.url}/token`,
    });
  });

  test('publishes no private part of a key', async () => {
    expect(JSON.stringify(await published())).not.toContain('"d"');
  });
});

describe('A token', () => {
  test('has the requested claims, signed with the published key', async () => {
    const token = await tokenOf({ scope: 'orders:read', email: 'li@example.com', name: '李伟', role: 'operator' });
    const { payload } = await verify(token);
    expect(payload).toMatchObject({
      sub: 'C1',
      role: 'operator',
      scope: 'orders:read',
      email: 'li@example.com',
      name: '李伟',
    });
    expect(payload.exp! - payload.iat!).toBe(3_600);
  });

  test('can be asked for with a form, as OAuth 2 has it', async () => {
    const form = new URLSearchParams({ grant_type: DEVELOPMENT_GRANT, sub: 'C1', role: 'customer', expires_in: '60' });
    const answer = await fetch(`${provider.url}/token`, { method: 'POST', body: form });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect((await verify(token)).payload).toMatchObject({ sub: 'C1', role: 'customer' });
  });

  test('can be issued for another audience, or already expired', async () => {
    await expect(verify(await tokenOf({ audience: 'others' }))).rejects.toMatchObject({ claim: 'aud' });
    await expect(verify(await tokenOf({ expires_in: -60 }))).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });

  test('is never the same twice', async () => {
    expect(decodeJwt(await tokenOf({})).jti).not.toBe(decodeJwt(await tokenOf({})).jti);
  });

  test.each([
    ['no grant', { sub: 'C1', role: 'customer' }],
    ['another grant', { grant_type: 'client_credentials', sub: 'C1', role: 'customer' }],
    ['no subject', { grant_type: DEVELOPMENT_GRANT, role: 'customer' }],
    ['an unknown field', { grant_type: DEVELOPMENT_GRANT, sub: 'C1', role: 'customer', admin: true }],
    ['no body', undefined],
  ])('is not made of a request with %s', async (_, request) => {
    expect(await provider.send('POST', '/token', request)).toMatchObject({
      status: 400,
      body: { error: 'invalid-request' },
    });
  });
});

describe('After a rotation', () => {
  test('new tokens are signed with the new key, and those of the previous key are still accepted', async () => {
    const old = await tokenOf({});
    const before = await published();
    const { body } = await provider.send('POST', '/keys/rotate');
    const fresh = await tokenOf({});
    expect((await published()).keys[0]).toMatchObject(body as object);
    await expect(verify(old)).resolves.toBeDefined();
    await expect(verify(fresh)).resolves.toBeDefined();
    await expect(verify(fresh, before)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  test('tokens of the key before the previous one are refused', async () => {
    const old = await tokenOf({});
    await provider.send('POST', '/keys/rotate');
    await provider.send('POST', '/keys/rotate');
    await expect(verify(old)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});

describe('Its file', () => {
  const file = () => path.join(folder, 'identity-provider.json');

  test('is readable only by its owner, after a rotation, too', () => {
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    keys.rotate();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('keeps keys and port over a restart', async () => {
    const token = await tokenOf({});
    const again = new SigningKeys(file());
    expect(again.port).toBe(Number(new URL(provider.url).port));
    await expect(verify(token, again.published())).resolves.toBeDefined();
  });

  test('is not replaced when it cannot be read: its tokens would become invalid without notice', () => {
    writeFileSync(file(), '{"keys":[]}');
    expect(() => new SigningKeys(file())).toThrow();
    expect(readFileSync(file(), 'utf8')).toBe('{"keys":[]}');
  });
});
