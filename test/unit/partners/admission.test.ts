/** Which requests the partners answer: those of a merchant with a credential, as they were signed and when. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Credential } from '../../../functions/shared/outbound/credentials/credential.ts';
import { signatureHeaders } from '../../../functions/shared/outbound/credentials/message-signature.ts';
import { carrierRoutes } from '../../../partners/carrier/server.ts';
import { gatewayRoutes } from '../../../partners/payment-gateway/server.ts';
import type { Route } from '../../../partners/shared/http.ts';
import type { Ledger, Movement } from '../../../partners/shared/ledger.ts';
import { MerchantCredentials } from '../../../partners/shared/merchant-credentials.ts';
import { type Served, serve } from './served.ts';

const MINUTE_MS = 60_000;
const SECRET = 'a common key of more than 32 characters';
const HMAC: Credential = { kind: 'hmac-sha256', keyId: 'first', secret: SECRET };
const TOKEN: Credential = { kind: 'bearer', keyId: 'token', secret: 'token_of_more_than_thirty_two_characters' };
const pair = generateKeyPairSync('ed25519');
const PAIR: Credential = {
  kind: 'ed25519',
  keyId: 'pair',
  secret: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
};
const PUBLIC_KEY = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string;

const startingWith = (text: string): unknown => expect.stringMatching(new RegExp(`^${text}: `));

const PARTNERS = [
  {
    name: 'payment gateway',
    routes: gatewayRoutes as (ledger: Ledger<Movement>) => Route[],
    record: '/v1/payment_intents/k',
    action: 'cancel',
    // It is asked about an intent that there is not.
    admitted: 404,
    refusal: (error: string) => ({ error: { type: 'invalid_request_error', message: startingWith(error) } }),
  },
  {
    name: 'carrier',
    routes: carrierRoutes as (ledger: Ledger<Movement>) => Route[],
    record: '/v1/shipments/k',
    action: 'cancel',
    admitted: 200,
    refusal: (error: string) => ({ error }),
  },
];

describe.each(PARTNERS)('The simulated $name', ({ routes, record, action, admitted, refusal }) => {
  let folder: string;
  let credentials: MerchantCredentials;
  let partner: Served;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'waybill-credentials-'));
    credentials = new MerchantCredentials(path.join(folder, 'credentials.json'));
    credentials.put({ kind: 'hmac-sha256', keyId: 'first', secret: SECRET });
    credentials.put({ kind: 'bearer', keyId: 'token', secret: TOKEN.secret });
    credentials.put({ kind: 'ed25519', keyId: 'pair', publicKey: PUBLIC_KEY });
    partner = await serve(routes, credentials);
  });
  afterEach(async () => {
    await partner.close();
    rmSync(folder, { recursive: true });
  });

  const undo = `${record}/${action}`;
  /** The headers of a request that was signed so many minutes ago. */
  const signed = (method: string, at: string, body?: string, credential = HMAC, minutesAgo = 0) =>
    signatureHeaders(
      { method, url: `${partner.url}${at}`, headers: {}, ...(body === undefined ? {} : { body }) },
      credential,
      Date.now() - minutesAgo * MINUTE_MS,
    );
  const put = (keyId: string, body: object, by: Credential = HMAC) => {
    const at = `/v1/credentials/${keyId}`;
    const text = JSON.stringify(body);
    return partner.send('PUT', at, text, signed('PUT', at, text, by));
  };

  test.each([
    ['a signature with a common key', HMAC],
    ['a signature with a key pair', PAIR],
  ])('answers a request with %s', async (_, credential) => {
    expect(await partner.send('POST', undo, undefined, signed('POST', undo, undefined, credential))).toMatchObject({
      status: admitted,
    });
    expect(partner.reported).toEqual([]);
  });

  test('answers a request with a token that it knows', async () => {
    const send = (token: string) => partner.send('POST', undo, undefined, { authorization: `Bearer ${token}` });
    expect(await send(TOKEN.secret)).toMatchObject({ status: admitted });
    expect(await send(`${TOKEN.secret}x`)).toMatchObject({ status: 401, body: refusal('unknown-credential') });
  });

  test.each<[string, string, () => Record<string, string>]>([
    ['without a credential', 'missing-credential', () => ({})],
    ['with half a signature', 'missing-credential', () => ({ signature: signed('POST', undo).signature! })],
    ['of an unknown key', 'unknown-credential', () => signed('POST', undo, undefined, { ...HMAC, keyId: 'other' })],
    [
      'signed with another key',
      'invalid-signature',
      () => signed('POST', undo, undefined, { ...HMAC, secret: `${SECRET}!` }),
    ],
    [
      'with a key that is for something else',
      'invalid-signature',
      () => signed('POST', undo, undefined, { ...HMAC, keyId: 'pair' }),
    ],
    ['signed for another path', 'invalid-signature', () => signed('POST', `${record}/other`)],
    ['signed for another method', 'invalid-signature', () => signed('PUT', undo)],
    ['signed six minutes ago', 'invalid-signature', () => signed('POST', undo, undefined, HMAC, 6)],
    ['signed in two minutes', 'invalid-signature', () => signed('POST', undo, undefined, HMAC, -2)],
    [
      'with a signature that covers nothing',
      'invalid-signature',
      () => ({
        ...signed('POST', undo),
        'signature-input': `waybill=();created=${Math.floor(Date.now() / 1_000)};keyid="first";alg="hmac-sha256"`,
      }),
    ],
    ['with something that is no signature', 'invalid-signature', () => ({ signature: '?', 'signature-input': '?' })],
  ])('refuses a request %s', async (_, error, headers) => {
    expect(await partner.send('POST', undo, undefined, headers())).toMatchObject({
      status: 401,
      body: refusal(error),
    });
    expect(await partner.books('k')).toEqual([]);
    expect(partner.reported).toEqual([]);
  });

  test('refuses a body that was changed on the way, or that no digest covers', async () => {
    const body = '{"kind":"bearer","secret":"0123456789abcdef0123456789abcdef"}';
    const at = '/v1/credentials/next';
    const headers = signed('PUT', at, body);
    const other = body.replace('0123', '3210');
    expect(await partner.send('PUT', at, other, headers)).toMatchObject({
      status: 401,
      body: { error: 'digest-differs' },
    });
    const { 'content-digest': _, ...bare } = headers;
    expect(await partner.send('PUT', at, body, bare)).toMatchObject({ status: 401, body: { error: 'digest-missing' } });
    expect(await partner.send('PUT', at, body, headers)).toMatchObject({ status: 201 });
  });

  test('answers without a credential what is open: its health and its ledger', async () => {
    expect(await partner.send('GET', '/health')).toMatchObject({ status: 200 });
    expect(await partner.send('GET', '/v1/ledger')).toMatchObject({ status: 200 });
  });

  test('takes another credential of the merchant, accepts both, and ends the old one when it is told to', async () => {
    expect(await put('next', { kind: 'hmac-sha256', secret: `${SECRET}-2` })).toEqual({
      status: 201,
      body: { keyId: 'next', kind: 'hmac-sha256' },
    });
    const next: Credential = { ...HMAC, keyId: 'next', secret: `${SECRET}-2` };
    for (const credential of [HMAC, next]) {
      expect(await partner.send('POST', undo, undefined, signed('POST', undo, undefined, credential))).toMatchObject({
        status: admitted,
      });
    }
    const retire = '/v1/credentials/first/retire';
    const now = '{"afterSeconds":0}';
    expect(await partner.send('POST', retire, now, signed('POST', retire, now, next))).toMatchObject({ status: 200 });
    expect(await partner.send('POST', undo, undefined, signed('POST', undo))).toMatchObject({
      status: 401,
      body: refusal('unknown-credential'),
    });
  });

  test('takes the same credential again, and no other one under its name', async () => {
    const material = { kind: 'hmac-sha256', secret: `${SECRET}-2` };
    expect(await put('next', material)).toMatchObject({ status: 201 });
    expect(await put('next', material)).toMatchObject({ status: 200 });
    expect(await put('next', { ...material, secret: `${SECRET}-3` })).toMatchObject({
      status: 409,
      body: { error: 'key-id-taken' },
    });
    expect(await put('short', { ...material, secret: 'short' })).toMatchObject({ status: 400 });
    expect(statSync(path.join(folder, 'credentials.json')).mode & 0o777).toBe(0o600);
  });
});
