import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { tokenFrom } from '../../../launch/clients/tokens.ts';
import { callApi } from '../../support/api/client.ts';
import { newKey, tokenBy, unsigned } from '../../support/fakes/token-issuer.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { authoriserLog, authoriserLogSince, type Callers, CUSTOMER } from './callers.ts';

export function refusedTokens(platform: SuitePlatform, callers: Callers): void {
  describe('A request without a valid token', () => {
    const seconds = Math.floor(Date.now() / 1_000);
    const claims = () => ({
      iss: platform.instance.issuerUrl,
      aud: 'waybill',
      sub: 'C1',
      role: 'customer',
      iat: seconds,
      exp: seconds + 600,
    });
    const publishedKey = async () =>
      ((await (await fetch(`${platform.instance.issuerUrl}/keys`)).json()) as { keys: [{ kid: string }] }).keys[0].kid;
    const cases: readonly (readonly [string, () => string | Promise<string>, RegExp])[] = [
      ['expired', () => tokenFrom(platform.instance.issuerUrl, { ...CUSTOMER, expires_in: -60 }), /ERR_JWT_EXPIRED/],
      [
        'for another audience',
        () => tokenFrom(platform.instance.issuerUrl, { ...CUSTOMER, audience: 'others' }),
        /aud/,
      ],
      [
        'alg none',
        async () => unsigned({ alg: 'none', kid: await publishedKey() }, claims(), 'A'.repeat(86)),
        /ALG_NOT_ALLOWED/,
      ],
      ['of a key of its own', async () => tokenBy(await newKey('ghost'), claims(), Date.now()), /NO_MATCHING_KEY/],
      [
        'of a key of its own under a published name',
        async () => tokenBy(await newKey(await publishedKey()), claims(), Date.now()),
        /SIGNATURE_VERIFICATION_FAILED/,
      ],
      [
        'with claims that were changed',
        async () => {
          const [header, , signature] = (await tokenFrom(platform.instance.issuerUrl, CUSTOMER)).split('.');
          return [
            header,
            unsigned({}, { ...claims(), role: 'operator', scope: 'orders:read' }).split('.')[1],
            signature,
          ].join('.');
        },
        /SIGNATURE_VERIFICATION_FAILED/,
      ],
      [
        'without a role that exists',
        () => tokenFrom(platform.instance.issuerUrl, { sub: 'C1', role: 'admin' }),
        /claim role/,
      ],
    ];

    test.each(cases)(
      '(%s) is answered like one without any token, and only the log has the reason',
      async (_, make, why) => {
        const token = await make();
        const before = (await authoriserLog(platform)).length;
        const [refused, missing] = [await callers.withToken(token), await callers.get(`orders/${callers.orderId}`)];
        expect([refused.status, missing.status]).toEqual([401, 401]);
        expect(refused.headers.get('content-type')).toBe('application/problem+json');
        const body = await refused.text();
        expect(body).toBe(await missing.text());
        expect(JSON.parse(body)).toMatchObject({ type: 'urn:waybill:problem:unauthorised', status: 401 });
        const logged = await authoriserLogSince(platform, before, why);
        expect(logged).toMatch(why);
        expect(logged).not.toContain(token);
      },
    );

    test.each([
      ['garbage', 'garbage'],
      ['without a signature', unsigned({ alg: 'none' }, { sub: 'C1', role: 'customer' })],
      ['of two parts', 'e30.e30'],
    ])('(%s) is refused without an invocation of the authoriser when it looks like none', async (_, token) => {
      const invocations = async () => (await authoriserLog(platform)).split('START RequestId').length;
      const before = await invocations();
      const [refused, missing] = [await callers.withToken(token), await callers.get(`orders/${callers.orderId}`)];
      expect([refused.status, missing.status]).toEqual([401, 401]);
      expect(await refused.text()).toBe(await missing.text());
      // One that is asked about, whose log is written after that of any before it.
      const before401 = (await authoriserLog(platform)).length;
      await callers.withToken(unsigned({ alg: 'none', kid: token.length }, claims(), 'A'.repeat(86)));
      await authoriserLogSince(platform, before401, /ALG_NOT_ALLOWED/);
      expect(await invocations()).toBe(before + 1);
    });

    test('is answered with the address of the issuer', async () => {
      expect((await callers.get('orders/x')).headers.get('www-authenticate')).toBe(
        `Bearer realm="${platform.instance.issuerUrl}"`,
      );
    });

    test('is refused everywhere except where the API document says that no token is needed', async () => {
      const { paths } = parse(readFileSync(new URL('../../../docs/openapi.yaml', import.meta.url), 'utf8')) as {
        paths: Record<string, Record<string, { security?: unknown[] }>>;
      };
      const operations = Object.entries(paths).flatMap(([route, methods]) =>
        Object.entries(methods).map(([method, { security }]) => ({ method, route, isOpen: security?.length === 0 })),
      );
      expect(operations.filter(({ isOpen }) => isOpen).map(({ route }) => route)).toContain('/api/v1/health');
      for (const { method, route, isOpen } of operations) {
        const { status } = await callApi(
          platform.instance.url,
          route.replace('/api/v1', '').replaceAll(/\{\w+\}/g, callers.orderId),
          {
            method: method.toUpperCase(),
          },
        );
        expect([method, route, status === 401]).toEqual([method, route, !isOpen]);
      }
    });
  });
}
