import '../../../support/platform/function-environment.ts';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { logger } from '../../../../functions/shared/edge/logger.ts';
import { START, TestAuthoriser } from '../../../support/api/test-authoriser.ts';
import { ISSUER, newKey, type TestKey } from '../../../support/fakes/token-issuer.ts';

const MINUTE_MS = 60_000;
const warn = vi.spyOn(logger, 'warn').mockReturnValue(undefined);
let ec: TestKey;
let rsa: TestKey;
let authoriser: TestAuthoriser;
let bearing: TestAuthoriser['bearing'];

beforeAll(async () => {
  [ec, rsa] = await Promise.all([newKey('ec-1'), newKey('rsa-1', 'RS256')]);
});

beforeEach(() => {
  vi.clearAllMocks();
  authoriser = new TestAuthoriser(ec, rsa);
  ({ bearing } = authoriser);
});

describe('The keys of the issuer', () => {
  test('are fetched once for many tokens', async () => {
    for (let count = 0; count < 5; count += 1) await bearing(ec, { jti: String(count) });
    expect(authoriser.issuer.requests).toEqual([`${ISSUER}/.well-known/openid-configuration`, `${ISSUER}/keys`]);
  });

  test('may be rotated: for a token of a new key the authoriser asks the issuer again', async () => {
    await bearing(ec);
    const next = await newKey('ec-2');
    authoriser.issuer.keys = [next, ec];
    authoriser.now += MINUTE_MS;
    await expect(bearing(next)).resolves.toBeDefined();
    await expect(bearing(ec)).resolves.toBeDefined();
    expect(authoriser.issuer.requests).toHaveLength(4);
  });

  test('are fetched at most every five seconds for unknown keys', async () => {
    const ghost = await newKey('ghost');
    await bearing(ec);
    for (let count = 0; count < 10; count += 1) {
      authoriser.now += 1_000;
      await expect(bearing(ghost)).rejects.toThrow('Unauthorized');
    }
    expect(authoriser.issuer.requests).toHaveLength(2 + 2 * 2);
  });

  test('are no longer accepted ten minutes after the issuer withdrew them', async () => {
    const next = await newKey('ec-2');
    await bearing(ec);
    authoriser.issuer.keys = [next];
    authoriser.now += 10 * MINUTE_MS;
    await expect(bearing(ec)).rejects.toThrow('Unauthorized');
  });

  test('that could never be fetched refuse no caller: the request fails, and the log has the reason', async () => {
    authoriser.issuer.keys = undefined;
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
    authoriser.issuer.keys = [ec];
    await expect(bearing(ec)).resolves.toBeDefined();
  });

  test('stay valid for an hour while the issuer is down, and not longer', async () => {
    await bearing(ec);
    authoriser.issuer.keys = undefined;
    authoriser.now += 59 * MINUTE_MS;
    await expect(bearing(ec)).resolves.toBeDefined();
    expect(warn).toHaveBeenCalledTimes(1);
    for (const late of [60 * MINUTE_MS, 60 * MINUTE_MS + 1_000]) {
      authoriser.now = START + late;
      await expect(bearing(ec)).rejects.toMatchObject({ name: 'DependencyUnavailable' });
    }
  });

  test('are not fetched over an open line', async () => {
    authoriser.issuer.keysAt = 'http://issuer.example/keys';
    await expect(bearing(ec)).rejects.toMatchObject({ name: 'DependencyUnavailable' });
    expect(authoriser.issuer.requests).not.toContain('http://issuer.example/keys');
  });

  test('are not accepted when the issuer has another name', async () => {
    authoriser.issuer.calledItself = 'https://evil.example';
    await expect(bearing(ec)).rejects.toMatchObject({ name: 'DependencyUnavailable' });
  });
});
