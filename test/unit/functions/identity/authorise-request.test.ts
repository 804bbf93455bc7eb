import '../../../support/platform/function-environment.ts';
import { createHmac } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as fc from 'fast-check';
import { IssuerKeys } from '../../../../functions/identity/adapters/issuer-keys.ts';
import { JwtVerifier } from '../../../../functions/identity/adapters/jwt-verifier.ts';
import { makeHandler } from '../../../../functions/identity/authorise-request.ts';
import { logger } from '../../../../functions/shared/edge/logger.ts';
import { callerOf } from '../../../../functions/shared/http/caller.ts';
import {
  AUDIENCE,
  FakeIssuer,
  ISSUER,
  newKey,
  type TestKey,
  tokenBy,
  unsigned,
} from '../../../support/fakes/token-issuer.ts';

const START = Date.UTC(2026, 0, 2);
const METHOD = 'arn:aws:execute-api:us-east-1:000000000000:api1/live/GET/api/v1/orders/1';
const MINUTE_MS = 60_000;

let ec: TestKey;
let rsa: TestKey;
let issuer: FakeIssuer;
let now: number;
let handler: ReturnType<typeof makeHandler>;
const warn = jest.spyOn(logger, 'warn').mockReturnValue(undefined);
const reported = jest.spyOn(logger, 'error').mockReturnValue(undefined);

beforeAll(async () => {
  [ec, rsa] = await Promise.all([newKey('ec-1'), newKey('rsa-1', 'RS256')]);
});

beforeEach(() => {
  jest.clearAllMocks();
  now = START;
  issuer = new FakeIssuer(ec, rsa);
  const clock = { now: () => now };
  handler = makeHandler({
    verifier: new JwtVerifier({
      issuer: ISSUER,
      audience: AUDIENCE,
      keys: new IssuerKeys({ issuer: ISSUER, fetch: issuer.fetch, ...clock }),
      ...clock,
    }),
  });
});

const authorise = (authorizationToken: string) => handler({ type: 'TOKEN', methodArn: METHOD, authorizationToken });
const bearing = async (key: TestKey, claims: object = {}, header: object = {}) =>
  authorise(`Bearer ${await tokenBy(key, { ...claims }, now, header)}`);
/** The caller as a function behind API Gateway knows it from the answer. */
const callerBehind = ({ principalId, context }: Awaited<ReturnType<typeof handler>>) =>
  callerOf({ principalId, ...context });
const reason = (): string => (warn.mock.calls.at(-1)?.[1] as unknown as { reason: string }).reason;

describe('A good token', () => {
  test.each(['ES256', 'RS256'])('signed with %s lets its caller in, on every method of the stage', async (alg) => {
    const answer = await bearing(alg === 'ES256' ? ec : rsa);
    expect(answer).toEqual({
      principalId: 'C1',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'execute-api:Invoke',
            Resource: 'arn:aws:execute-api:us-east-1:000000000000:api1/live/*',
          },
        ],
      },
      context: { role: 'customer' },
    });
  });

  test('of a customer tells functions who it is', async () => {
    const answer = await bearing(ec, { sub: 'C7', email: 'li@example.com', name: '李伟', scope: 'orders:read' });
    expect(callerBehind(answer)).toEqual({ type: 'customer', id: 'C7', email: 'li@example.com', name: '李伟' });
  });

  test('of an operator tells functions what they may', async () => {
    const answer = await bearing(ec, { sub: 'O1', role: 'operator', scope: 'openid orders:read orders:approve' });
    expect(callerBehind(answer)).toEqual({
      type: 'operator',
      id: 'O1',
      scopes: ['openid', 'orders:read', 'orders:approve'],
    });
    expect(callerBehind(await bearing(ec, { sub: 'O1', role: 'operator' }))).toMatchObject({ scopes: [] });
  });

  test('may be for several audiences, and its scheme may be written in any case', async () => {
    await expect(authorise(`bearer ${await tokenBy(ec, { aud: ['others', AUDIENCE] }, now)}`)).resolves.toBeDefined();
  });

  test('says nothing about people in a form that nobody could use', async () => {
    const answer = await bearing(ec, { email: 42, name: 'x'.repeat(101) });
    expect(callerBehind(answer)).toEqual({ type: 'customer', id: 'C1' });
  });

  test('is still good five seconds after its time, and not six', async () => {
    const token = await tokenBy(ec, { exp: START / 1_000 }, now);
    now = START + 4_000;
    await expect(authorise(`Bearer ${token}`)).resolves.toBeDefined();
    now = START + 6_000;
    await expect(authorise(`Bearer ${token}`)).rejects.toThrow('Unauthorized');
  });
});

describe('A bad token is refused with the same error, and the reason is in the log:', () => {
  const seconds = START / 1_000;
  const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'C1', role: 'customer', iat: seconds, exp: seconds + 60 };
  const cases: readonly (readonly [string, () => string | Promise<string>, RegExp])[] = [
    ['expired', () => tokenBy(ec, { exp: seconds - 60 }, now), /ERR_JWT_EXPIRED/],
    ['not yet valid', () => tokenBy(ec, { nbf: seconds + 60 }, now), /"nbf"/],
    ['without an end', () => tokenBy(ec, { exp: undefined }, now), /"exp"/],
    ['for another audience', () => tokenBy(ec, { aud: 'others' }, now), /"aud"/],
    ['for nobody', () => tokenBy(ec, { aud: undefined }, now), /"aud"/],
    ['of another issuer', () => tokenBy(ec, { iss: 'https://evil.example' }, now), /"iss"/],
    [
      'of another issuer whose name begins the same',
      () => tokenBy(ec, { iss: `${ISSUER}.evil.example` }, now),
      /"iss"/,
    ],
    ['without a subject', () => tokenBy(ec, { sub: undefined }, now), /"sub"/],
    ['without a role', () => tokenBy(ec, { role: undefined }, now), /claim role/],
    ['with a role that does not exist', () => tokenBy(ec, { role: 'admin' }, now), /claim role/],
    ['with a subject that is no customer id', () => tokenBy(ec, { sub: 'C1#other' }, now), /claim sub/],
    ['alg none', () => unsigned({ alg: 'none', kid: 'ec-1' }, claims), /ALG_NOT_ALLOWED/],
    ['alg None', () => unsigned({ alg: 'None', kid: 'ec-1' }, claims), /ALG_NOT_ALLOWED/],
    ['without an algorithm', () => unsigned({ kid: 'ec-1' }, claims, 'AAAA'), /ERR_JWS_INVALID/],
    [
      'signed with the public key as a secret',
      () => {
        const signed = unsigned({ alg: 'HS256', kid: 'rsa-1' }, claims).slice(0, -1);
        return `${signed}.${createHmac('sha256', JSON.stringify(rsa.jwk)).update(signed).digest('base64url')}`;
      },
      /ALG_NOT_ALLOWED/,
    ],
    [
      'signed with a good key and an algorithm that is not pinned',
      async () => tokenBy(await newKey('ec-384', 'ES384'), {}, now),
      /ALG_NOT_ALLOWED/,
    ],
    [
      'signed with a key of its own under a known name',
      async () => tokenBy(await newKey('ec-1'), {}, now),
      /SIGNATURE_VERIFICATION_FAILED/,
    ],
    ['signed with a key that is not published', async () => tokenBy(await newKey('ghost'), {}, now), /NO_MATCHING_KEY/],
    [
      'that brings its own key along',
      async () => {
        const own = await newKey('ec-1');
        return tokenBy(own, {}, now, { jwk: own.jwk });
      },
      /SIGNATURE_VERIFICATION_FAILED/,
    ],
    [
      'with claims that were changed after signing',
      async () => {
        const [header, , signature] = (await tokenBy(ec, {}, now)).split('.');
        return [
          header,
          unsigned({}, { ...claims, role: 'operator', scope: 'orders:refund' }).split('.')[1],
          signature,
        ].join('.');
      },
      /SIGNATURE_VERIFICATION_FAILED/,
    ],
    ['cut short', async () => (await tokenBy(ec, {}, now)).slice(0, -10), /SIGNATURE_VERIFICATION_FAILED/],
    ['of two parts', async () => (await tokenBy(ec, {}, now)).split('.').slice(0, 2).join('.'), /ERR_JWS_INVALID/],
    [
      'with a critical extension that nobody knows',
      () => unsigned({ alg: 'ES256', kid: 'ec-1', crit: ['x'], x: 1 }, claims, 'AAAA'),
      /NOT_SUPPORTED/,
    ],
    ['garbage', () => 'garbage', /ERR_JWS_INVALID/],
  ];

  test.each(cases)('%s', async (_, make, why) => {
    const token = await make();
    await expect(authorise(`Bearer ${token}`)).rejects.toThrow(new Error('Unauthorized'));
    expect(reason()).toMatch(why);
    expect(JSON.stringify(warn.mock.calls)).not.toContain(token.split('.').at(-1) || token);
  });

  test.each(['', 'Bearer', 'Bearer ', 'Basic QzE6cHc=', 'Bearer a b', 'Bearer a\nb', 'Bearerx', 'null'])(
    'no bearer token at all: "%s"',
    async (header) => {
      await expect(authorise(header)).rejects.toThrow(new Error('Unauthorized'));
      expect(reason()).toBe('It is no bearer token.');
    },
  );

  test('whatever else anybody can write, without the key', async () => {
    const part = fc
      .oneof(fc.json(), fc.string(), fc.constantFrom('{"alg":"ES256","kid":"ec-1"}', '{"alg":"RS256"}'))
      .map((text) => Buffer.from(text).toString('base64url'));
    const token = fc.oneof(
      fc.string(),
      fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(token, async (text) => {
        await expect(authorise(`Bearer ${text}`)).rejects.toThrow(new Error('Unauthorized'));
      }),
      { numRuns: 300 },
    );
    expect(reported).not.toHaveBeenCalled();
  });
});

describe('The keys of the issuer', () => {
  test('are fetched once for many tokens', async () => {
    for (let count = 0; count < 5; count += 1) await bearing(ec, { jti: String(count) });
    expect(issuer.requests).toEqual([`${ISSUER}/.well-known/openid-configuration`, `${ISSUER}/keys`]);
  });

  test('may be rotated: a token of a new key makes us ask again', async () => {
    await bearing(ec);
    const next = await newKey('ec-2');
    issuer.keys = [next, ec];
    now += MINUTE_MS;
    await expect(bearing(next)).resolves.toBeDefined();
    await expect(bearing(ec)).resolves.toBeDefined();
    expect(issuer.requests).toHaveLength(4);
  });

  test('are not asked for by everybody who makes a key up: at most every five seconds', async () => {
    const ghost = await newKey('ghost');
    await bearing(ec);
    for (let count = 0; count < 10; count += 1) {
      now += 1_000;
      await expect(bearing(ghost)).rejects.toThrow('Unauthorized');
    }
    expect(issuer.requests).toHaveLength(2 + 2 * 2);
  });

  test('are no longer believed ten minutes after the issuer withdrew them', async () => {
    const next = await newKey('ec-2');
    await bearing(ec);
    issuer.keys = [next];
    now += 10 * MINUTE_MS;
    await expect(bearing(ec)).rejects.toThrow('Unauthorized');
  });

  test('that were never to be had refuse nobody: the request fails, and why is in the log', async () => {
    issuer.keys = undefined;
    await expect(bearing(ec)).rejects.toMatchObject({ name: 'DependencyUnavailable' });
    expect(warn.mock.calls).toEqual([
      [
        'A token could not be checked.',
        {
          category: 'transient',
          strategy: 'back-off',
          error: 'DependencyUnavailable',
          cause: 'TypeError: fetch failed',
        },
      ],
    ]);
    issuer.keys = [ec];
    await expect(bearing(ec)).resolves.toBeDefined();
  });

  test('serve on for an hour while the issuer is away, and then no longer', async () => {
    await bearing(ec);
    issuer.keys = undefined;
    now += 59 * MINUTE_MS;
    await expect(bearing(ec)).resolves.toBeDefined();
    expect(warn).toHaveBeenCalledTimes(1);
    for (const late of [60 * MINUTE_MS, 60 * MINUTE_MS + 1_000]) {
      now = START + late;
      await expect(bearing(ec)).rejects.toMatchObject({ name: 'DependencyUnavailable' });
    }
  });

  test('do not count when the issuer calls itself another', async () => {
    issuer.calledItself = 'https://evil.example';
    await expect(bearing(ec)).rejects.toMatchObject({ name: 'DependencyUnavailable' });
  });
});
