import * as z from 'zod';
import { safeUrl } from '../../shared/edge/safe-url.ts';
import type { Dependency } from '../application/ports.ts';

const discovery = z.object({ jwks_uri: safeUrl });

/** An OpenID Connect issuer is available when its keys can be read, by way of its discovery document. */
export const tokenIssuer = (name: string, issuer: string): Dependency => ({
  name,
  async probe(signal) {
    const found = await getJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, signal);
    const { success, data } = discovery.safeParse(found);
    if (!success) throw new Error('Its discovery document names no keys.');
    await getJson(data.jwks_uri, signal);
  },
});

async function getJson(url: string, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(url, { signal, redirect: 'error' });
  if (answer.ok) return answer.json();
  await answer.body?.cancel();
  throw new Error(`It answers ${answer.status}.`);
}
