/** What a simulated partner tells the platform, as the console of the partner has it. */
import { until } from '../run/eventually.ts';

export interface Notice {
  readonly id: number;
  readonly kind: string;
  readonly accepted: boolean;
  /** As it was answered, each time it was sent. */
  readonly answers: readonly string[];
}

/** The notices of the partner at `partnerUrl`, by the key that it has for what they are about. */
export function noticesOf(partnerUrl: string) {
  const ask = (path: string, method = 'GET', body?: object) =>
    fetch(`${partnerUrl}/v1/notifications${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const about = async (key: string): Promise<readonly Notice[]> =>
    ((await (await ask(`?key=${key}`)).json()) as { notifications: Notice[] }).notifications;
  return {
    /** Oldest first. */
    about,
    /** Whether they are sent at once, and repeated until they are accepted, or wait to be sent by a test. */
    setMode: (mode: 'deliver' | 'hold') => ask('', 'PUT', { mode }),
    /** Sends one, the first unless `index` says which, and resolves to its answer. */
    async send(key: string, { index = 0, forged = false } = {}): Promise<string> {
      const notice = (await about(key))[index]!;
      await ask(`/${notice.id}/send`, 'POST', { forged });
      const answers = async () => (await about(key))[index]!.answers;
      await until('an answer to the notification', async () => (await answers()).length > notice.answers.length);
      return (await answers()).at(-1)!;
    },
  };
}
