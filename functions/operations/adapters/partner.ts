import type { Dependency } from '../application/ports.ts';

/** A partner that answers `GET /health` with 2xx is available. */
export const partner = (name: string, baseUrl: string): Dependency => ({
  name,
  async probe(signal) {
    const answer = await fetch(new URL('/health', baseUrl), { signal, redirect: 'error' });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`It answers ${answer.status}.`);
  },
});
