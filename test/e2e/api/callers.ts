import { describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../../functions/published/contracts.ts';
import { callApi } from '../../support/api/client.ts';
import { allowed } from '../../support/api/contract-calls.ts';
import { SCOPES } from '../../support/api/routes.ts';
import { bearer } from '../../support/api/tokens.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

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

    test('and each request of an operator is in the audit trail, those that were refused and those that only read included', async () => {
      const expected = guarded.map(({ operationId }) => operationId);
      const left = await eventually('a line for each operation', async () => {
        const texts = (await platform.instance.logs()).map(({ text }) => text).join('\n');
        const lines = texts.split('\n').flatMap((line) => (line.includes('"operator":"O2"') ? [auditLine(line)] : []));
        const operations = new Set(lines.map(({ operation }) => operation));
        return expected.every((operation) => operations.has(operation)) ? lines : undefined;
      });
      for (const line of left) {
        expect(line).toMatchObject({
          status: expect.any(Number),
          request: expect.any(String),
          timestamp: expect.any(String),
        });
      }
    });
  });
}

/** A line of a log, which an emulator puts something before. */
const auditLine = (text: string) => JSON.parse(text.slice(text.indexOf('{'))) as { readonly operation: string };
