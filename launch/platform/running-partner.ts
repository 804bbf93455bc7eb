/** A simulated partner that another program of this machine has started and goes on with. */
import type { PartnerProcess } from './partner-process.ts';

const PATIENCE_MS = 2_000;

/** @param ports on which its instances would listen @returns undefined when it does not answer at every one of them */
export async function runningPartner(
  ports: readonly number[] = [],
): Promise<Pick<PartnerProcess, 'url' | 'urls' | 'close'> | undefined> {
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const answers = await Promise.all(urls.map(doesAnswer));
  const [url] = urls;
  if (url === undefined || answers.includes(false)) return undefined;
  // It is not ours to end.
  return { url, urls, close: async () => {} };
}

const doesAnswer = (url: string): Promise<boolean> =>
  fetch(`${url}/health`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.ok;
    },
    () => false,
  );
