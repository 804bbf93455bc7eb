/** An emulator of AWS that answers on this machine, or where AWS_ENDPOINT_URL says. */

import type { EmulatorName } from '../../lib/emulator/emulator-of.ts';

export interface Emulator {
  readonly url: string;
  /** Decides how the app is made for it. */
  readonly name: EmulatorName;
}

/** Where LocalStack listens, and what speaks its port. The address, because names below `localhost` do not resolve everywhere. */
export const DEFAULT_URL = 'http://127.0.0.1:4566';
const PATIENCE_MS = 5_000;
/** What each answers when it is asked how it is; MiniStack answers LocalStack's question as well. */
const HEALTH: readonly (readonly [name: EmulatorName, path: string])[] = [
  ['ministack', '/_ministack/health'],
  ['localstack', '/_localstack/health'],
];

/** @throws Error when the URL is none */
export function emulatorUrlIn({ AWS_ENDPOINT_URL = DEFAULT_URL }: NodeJS.ProcessEnv): string {
  if (!URL.canParse(AWS_ENDPOINT_URL)) {
    throw new Error(`AWS_ENDPOINT_URL is "${AWS_ENDPOINT_URL}"; expected a URL such as ${DEFAULT_URL}.`);
  }
  return new URL(AWS_ENDPOINT_URL).origin;
}

/** @returns undefined when no emulator answers there */
export async function emulatorAt(url: string): Promise<Emulator | undefined> {
  for (const [name, path] of HEALTH) {
    const answer = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return { url, name };
  }
  return undefined;
}

/** On AWS the id of an API is a part of the host's name; emulators take it in the path as well. @param output the stack's output `ApiUrl` */
export function emulatedApiUrl(url: string, output: string): string {
  const { hostname, pathname } = new URL(output);
  return `${url}/restapis/${hostname.split('.')[0]!}/${pathname.replaceAll('/', '')}/_user_request_`;
}

/** @throws Error that says how to start one */
export async function runningEmulator(url: string): Promise<Emulator> {
  const emulator = await emulatorAt(url);
  if (emulator) return emulator;
  throw new Error(
    `No emulator of AWS answers at ${url}. Start LocalStack, or let this command start MiniStack: ` +
      '`npm run deploy:localstack -- --start`. Or name the address of one that runs in AWS_ENDPOINT_URL.',
  );
}
