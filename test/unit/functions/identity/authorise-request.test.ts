import '../../../support/platform/function-environment.ts';
import { createHmac } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { logger } from '../../../../functions/shared/edge/logger.ts';
import { callerOf } from '../../../../functions/shared/http/caller.ts';
import { START, TestAuthoriser } from '../../../support/api/test-authoriser.ts';
import { AUDIENCE, ISSUER, newKey, type TestKey, tokenBy, unsigned } from '../../../support/fakes/token-issuer.ts';
import fc from '../../../support/run/properties.ts';

const warn = vi.spyOn(logger, 'warn').mockReturnValue(undefined);
const reported = vi.spyOn(logger, 'error').mockReturnValue(undefined);
let ec: TestKey;
let rsa: TestKey;
let authoriser: TestAuthoriser;
let authorise: TestAuthoriser['authorise'];
let bearing: TestAuthoriser['bearing'];

beforeAll(async () => {
  [ec, rsa] = await Promise.all([newKey('ec-1'), newKey('rsa-1', 'RS256')]);
});

beforeEach(() => {
  vi.clearAllMocks();
  authoriser = new TestAuthoriser(ec, rsa);
  ({ authorise, bearing } = authoriser);
});

/** The caller as a function behind API Gateway knows it from the answer. */
const callerBehind = ({ principalId, context }: Awaited<ReturnType<TestAuthoriser['authorise']>>) =>
  callerOf({ principalId, ...context });
const reason = (): string => (warn.mock.calls.at(-1)?.[1] as unknown as { reason: string }).reason;

describe('A good token', () => {
  test.each(['ES256', 'RS256'])('signed with %s admits its caller to every method of the stage', async (alg) => {
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
      context: { role: 'customer', perSecond: '50', burst: '100', logLevel: 'INFO' },
    });
  });

  test('of a customer gives functions its identity', async () => {
    const answer = await bearing(ec, { sub: 'C7', email: 'li@example.com', name: '李伟', scope: 'orders:read' });
    expect(callerBehind(answer)).toEqual({ type: 'customer', id: 'C7', email: 'li@example.com', name: '李伟' });
  });

  test('of an operator gives functions its scopes', async () => {
    const answer = await bearing(ec, { sub: 'O1', role: 'operator', scope: 'openid orders:read orders:approve' });
    expect(callerBehind(answer)).toEqual({
      type: 'operator',
      id: 'O1',
      scopes: ['openid', 'orders:read', 'orders:approve'],
    });
    expect(callerBehind(await bearing(ec, { sub: 'O1', role: 'operator' }))).toMatchObject({ scopes: [] });
  });

  test('may be for several audiences, and its scheme may be written in any case', async () => {
    await expect(
      authorise(`bearer ${await tokenBy(ec, { aud: ['others', AUDIENCE] }, authoriser.now)}`),
    ).resolves.toBeDefined();
  });

  test('leaves out personal data in a form that cannot be used', async () => {
    for (const name of ['x'.repeat(101), 'Ada\u202eecalevoL', '\u3164']) {
      const answer = await bearing(ec, { email: 42, name });
      expect(callerBehind(answer)).toEqual({ type: 'customer', id: 'C1' });
    }
  });

  test('is still accepted five seconds after it expired, and not after six', async () => {
    const token = await tokenBy(ec, { exp: START / 1_000 }, authoriser.now);
    authoriser.now = START + 4_000;
    await expect(authorise(`Bearer ${token}`)).resolves.toBeDefined();
    authoriser.now = START + 6_000;
    await expect(authorise(`Bearer ${token}`)).rejects.toThrow('Unauthorized');
  });
});

describe('A bad token is refused with the same error, and the reason is in the log:', () => {
  const seconds = START / 1_000;
  const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'C1', role: 'customer', iat: seconds, exp: seconds + 60 };
  const cases: readonly (readonly [string, () => string | Promise<string>, RegExp])[] = [
    ['expired', () => tokenBy(ec, { exp: seconds - 60 }, authoriser.now), /ERR_JWT_EXPIRED/],
    ['not yet valid', () => tokenBy(ec, { nbf: seconds + 60 }, authoriser.now), /"nbf"/],
    ['without an end', () => tokenBy(ec, { exp: undefined }, authoriser.now), /"exp"/],
    ['for another audience', () => tokenBy(ec, { aud: 'others' }, authoriser.now), /"aud"/],
    ['without an audience', () => tokenBy(ec, { aud: undefined }, authoriser.now), /"aud"/],
    ['of another issuer', () => tokenBy(ec, { iss: 'https://evil.example' }, authoriser.now), /"iss"/],
    [
      'of another issuer whose name begins the same',
      () => tokenBy(ec, { iss: `${ISSUER}.evil.example` }, authoriser.now),
      /"iss"/,
    ],
    ['without a subject', () => tokenBy(ec, { sub: undefined }, authoriser.now), /"sub"/],
    ['without a role', () => tokenBy(ec, { role: undefined }, authoriser.now), /claim role/],
    ['with a role that does not exist', () => tokenBy(ec, { role: 'admin' }, authoriser.now), /claim role/],
    ['with a subject that is no customer id', () => tokenBy(ec, { sub: 'C1#other' }, authoriser.now), /claim sub/],
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
      async () => tokenBy(await newKey('ec-384', 'ES384'), {}, authoriser.now),
      /ALG_NOT_ALLOWED/,
    ],
    [
      'signed with a key of its own under a known name',
      async () => tokenBy(await newKey('ec-1'), {}, authoriser.now),
      /SIGNATURE_VERIFICATION_FAILED/,
    ],
    [
      'signed with a key that is not published',
      async () => tokenBy(await newKey('ghost'), {}, authoriser.now),
      /NO_MATCHING_KEY/,
    ],
    [
      'that brings its own key along',
      async () => {
        const own = await newKey('ec-1');
        return tokenBy(own, {}, authoriser.now, { jwk: own.jwk });
      },
      /SIGNATURE_VERIFICATION_FAILED/,
    ],
    [
      'with claims that were changed after signing',
      async () => {
        const [header, , signature] = (await tokenBy(ec, {}, authoriser.now)).split('.');
        return [
          header,
          unsigned({}, { ...claims, role: 'operator', scope: 'orders:refund' }).split('.')[1],
          signature,
        ].join('.');
      },
      /SIGNATURE_VERIFICATION_FAILED/,
    ],
    ['cut short', async () => (await tokenBy(ec, {}, authoriser.now)).slice(0, -10), /SIGNATURE_VERIFICATION_FAILED/],
    [
      'of two parts',
      async () => (await tokenBy(ec, {}, authoriser.now)).split('.').slice(0, 2).join('.'),
      /ERR_JWS_INVALID/,
    ],
    [
      'with an unknown critical extension',
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

  test('any other text that was not signed with the key', async () => {
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
