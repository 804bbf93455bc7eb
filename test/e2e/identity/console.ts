/** The console as a browser gets it, and the sign-in of its operators. */
import { expect, test } from 'vitest';
import { CONSOLE, choose, goodRequest, pkce } from '../../support/identity/signing-in.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

interface Config {
  readonly issuer: string;
  readonly apiBase: string;
  readonly scopes: string;
}

export function operationsConsole(platform: SuitePlatform): void {
  const root = () => `${platform.instance.url}/console/`;
  const config = async () => (await (await fetch(new URL('config.json', root()))).json()) as Config;

  test('The console is a page whose files it names itself, at every path that is none', async () => {
    for (const path of ['', 'orders', 'orders/0191/saga']) {
      const address = new URL(path, root());
      const page = await fetch(address);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('content-security-policy')).toContain(
        `connect-src 'self' ${platform.instance.issuerUrl}`,
      );
      const files = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name!);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const answer = await fetch(new URL(file, address));
        expect([file, answer.status, answer.headers.get('cache-control')]).toEqual([
          file,
          200,
          'public, max-age=31536000, immutable',
        ]);
      }
    }
    expect((await fetch(new URL('assets/gone.js', root()))).status).toBe(404);
    // API Gateway may take the slash from the end: a redirect could go in a circle.
    expect(await fetch(root().slice(0, -1), { redirect: 'manual' })).toMatchObject({ status: 200 });
  });

  test('An operator signs in at the issuer that the console names, and the API knows them', async () => {
    const { issuer, apiBase, scopes } = await config();
    expect(issuer).toBe(platform.instance.issuerUrl);
    const read = async (person: string): Promise<number> => {
      const { verifier, challenge } = pkce();
      const redirect_uri = new URL('signed-in', root()).href;
      const request = { ...goodRequest({ challenge }), redirect_uri, scope: `openid ${scopes}` };
      const { back } = await choose(issuer, request, { person });
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: CONSOLE.client_id,
        code: back['code']!,
        redirect_uri,
        code_verifier: verifier,
      });
      const tokens = (await (await fetch(`${issuer}/token`, { method: 'POST', body })).json()) as {
        readonly access_token: string;
      };
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      return (await fetch(new URL(`${apiBase}/tasks`, root()), { headers })).status;
    };
    expect(await read('ada')).toBe(200);
    expect(await read('emil')).toBe(403);
  });
}
