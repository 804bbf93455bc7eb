import { KeptProcess } from '../../local/kept-process.ts';
import { type PartnerOptions, type PartnerProcess, startPartner } from './partner-process.ts';

/** A simulated partner that is started again, at its addresses and with its data, whenever it ends by itself. */
export async function keepPartner(options: PartnerOptions, warn: (message: string) => void): Promise<PartnerProcess> {
  const forgets = options.dataFile === undefined ? ', whose data was in memory only,' : '';
  const kept = await KeptProcess.start<PartnerProcess>({
    name: `The simulated ${options.name}${forgets}`,
    warn,
    start: (onEnd, previous) =>
      startPartner({
        ...options,
        onEnd,
        ...(previous && { ports: previous.urls.map((url) => Number(new URL(url).port)) }),
      }),
  });
  const { url, urls } = kept.current;
  return {
    url,
    urls,
    get pid() {
      return kept.current.pid;
    },
    close: () => kept.close(),
  };
}
