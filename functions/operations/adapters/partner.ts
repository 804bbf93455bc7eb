import type { Dependency } from '../application/ports.ts';

/** A partner that answers `GET /health` is available, unless it says by a 5xx that it is not: real ones need not have that page. */
export const partner = (name: string, baseUrl: string): Dependency => ({
  name,
  async probe(signal) {
    const answer = await fetch(new URL('/health', baseUrl), { signal, redirect: 'error' });
    await answer.body?.cancel();
    if (answer.status >= 500) throw new Error(`It answers ${answer.status}.`);
  },
});
