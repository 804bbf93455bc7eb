import { ROOT } from '../root.ts';

/** What the console is told by the function that serves it: `GET config.json`. */
export interface Config {
  /** The OpenID Connect issuer. */
  readonly issuer: string;
  readonly clientId: string;
  /** Of the API, relative to the root of the console. */
  readonly apiBase: string;
  /** What to ask the issuer for, separated by spaces. */
  readonly scopes: string;
  /** The shop's time zone, as IANA names it. */
  readonly zone: string;
  readonly stage: string;
}

/** @throws Error when there is no such document, with what to do */
export async function loadConfig(): Promise<Config> {
  const url = new URL('config.json', ROOT);
  const answer = await fetch(url, { cache: 'no-store' });
  if (!answer.ok) {
    throw new Error(
      `${url.href} answered ${answer.status}; expected 200. Look into the log of the function that serves the console.`,
    );
  }
  return (await answer.json()) as Config;
}
