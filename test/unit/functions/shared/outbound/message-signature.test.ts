import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createVerifier, httpbis } from 'http-message-signatures';
import { describe, expect, test } from 'vitest';
import type { Credential } from '../../../../../functions/shared/outbound/credentials/credential.ts';
import {
  contentDigest,
  type Message,
  signatureBase,
  signatureHeaders,
  signatureOf,
} from '../../../../../functions/shared/outbound/credentials/message-signature.ts';

/** The request of RFC 9421, appendix B.2. */
const RFC_REQUEST: Message = {
  method: 'POST',
  url: 'https://example.com/foo?param=Value&Pet=dog',
  headers: {
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-length': '18',
  },
};
const NOW = Date.now();
const HMAC: Credential = { kind: 'hmac-sha256', keyId: 'first', secret: 'a common key of more than 32 characters' };

describe('A signature', () => {
  test('with a common key is that of RFC 9421, B.2.5', () => {
    const key = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==';
    const base = signatureBase(
      RFC_REQUEST,
      ['date', '@authority', 'content-type'],
      ';created=1618884473;keyid="test-shared-secret"',
    );
    expect(base).toBe(
      [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@authority": example.com',
        '"content-type": application/json',
        '"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
      ].join('\n'),
    );
    // Our common keys are text; that of the RFC is bytes.
    const secret = Buffer.from(key, 'base64') as unknown as string;
    expect(signatureOf(base, { kind: 'hmac-sha256', secret }).toString('base64')).toBe(
      'pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=',
    );
  });

  test('with a key pair is that of RFC 9421, B.2.6', () => {
    const privateKey = [
      '-----BEGIN PRIVATE KEY-----',
      'MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF',
      '-----END PRIVATE KEY-----',
    ].join('\n');
    const base = signatureBase(
      RFC_REQUEST,
      ['date', '@method', '@path', '@authority', 'content-type', 'content-length'],
      ';created=1618884473;keyid="test-key-ed25519"',
    );
    expect(signatureOf(base, { kind: 'ed25519', secret: privateKey }).toString('base64')).toBe(
      'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
    );
  });

  test('has the digest of RFC 9530, B.1', () => {
    expect(contentDigest('{"hello": "world"}\n')).toBe('sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:');
  });
});

describe('A signed request', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const PAIR: Credential = {
    kind: 'ed25519',
    keyId: 'pair',
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
  const cases: readonly [string, Credential, Message][] = [HMAC, PAIR].flatMap(
    (credential): [string, Credential, Message][] => [
      [
        `a body, ${credential.kind}`,
        credential,
        {
          method: 'PUT',
          url: 'https://gateway.example/v1/payments/order-1',
          headers: { 'content-type': 'application/json', 'idempotency-key': 'k 1' },
          body: '{"amount":1,"name":"ü"}',
        },
      ],
      [
        `a query and a port, ${credential.kind}`,
        credential,
        { method: 'GET', url: 'http://127.0.0.1:4001/v1/payments?key=a%20b&x=', headers: {} },
      ],
      [`neither, ${credential.kind}`, credential, { method: 'POST', url: 'https://gateway.example:8443', headers: {} }],
    ],
  );
  const verifiedBy = (credential: Credential, message: Message, headers: Record<string, string>) =>
    httpbis.verifyMessage(
      {
        keyLookup: async ({ keyid }) => ({
          id: keyid!,
          algs: [credential.kind],
          verify: createVerifier(
            credential.kind === 'ed25519'
              ? createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }))
              : credential.secret,
            credential.kind,
          ),
        }),
        requiredFields: ['@method', '@authority', '@path', '@query'],
        requiredParams: ['created', 'keyid', 'alg'],
      },
      { ...message, headers: { ...message.headers, ...headers } },
    );

  test.each(cases)('is good for another implementation: with %s', async (_, credential, message) => {
    expect(await verifiedBy(credential, message, signatureHeaders(message, credential, NOW))).toBe(true);
  });

  test.each<[string, Partial<Message>]>([
    ['method', { method: 'POST' }],
    ['path', { url: 'https://gateway.example/v1/payments/order-2?dry=no' }],
    ['query', { url: 'https://gateway.example/v1/payments/order-1?dry=yes' }],
    ['host', { url: 'https://other.example/v1/payments/order-1?dry=no' }],
    ['key of idempotency', { headers: { 'content-type': 'application/json', 'idempotency-key': 'k2' } }],
  ])('is not good with another %s', async (_, change) => {
    const message = {
      method: 'PUT',
      url: 'https://gateway.example/v1/payments/order-1?dry=no',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k1' },
      body: '{}',
    };
    const headers = signatureHeaders(message, HMAC, NOW);
    expect(await verifiedBy(HMAC, { ...message, ...change }, headers)).toBe(false);
  });
});
