import { describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../../functions/published/contracts.ts';
import { callApi } from '../../support/api/client.ts';
import { allowed } from '../../support/api/contract-calls.ts';
import { SCOPES } from '../../support/api/routes.ts';
import { bearer } from '../../support/api/tokens.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

export function documentedCallers(platform: SuitePlatform): void {
  describe('Only the documented callers may call', () => {
    const guarded = CONTRACTS.filter(({ callers }) => callers !== 'anyone');
    const call = async ({ method, path }: (typeof CONTRACTS)[number], headers: Record<string, string>) =>
      (await callApi(platform.instance.url, path.replaceAll(/\{\w+\}/g, 'C1'), { method, headers })).status;

    test.each(guarded.map((contract) => [contract.operationId, contract] as const))('%s', async (_, contract) => {
      const { customers, operators } = contract.callers as { customers?: true; operators?: string };
      expect(await call(contract, {})).toBe(401);
      if (!customers) {
        expect(await call(contract, await bearer(platform.instance.url, { sub: 'C1', role: 'customer' }))).toBe(403);
      }
      const otherScopes = SCOPES.filter((scope) => scope !== operators).join(' ');
      expect(
        await call(contract, await bearer(platform.instance.url, { sub: 'O2', role: 'operator', scope: otherScopes })),
      ).toBe(403);
      expect([401, 403]).not.toContain(await call(contract, await allowed(platform.instance.url, contract)));
    });
  });
}
