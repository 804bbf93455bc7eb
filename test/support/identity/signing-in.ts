/** A person at the simulated identity provider, without a browser: pages are answered as a browser would. */
import { createHash, randomBytes } from 'node:crypto';

export const CONSOLE = {
  client_id: 'waybill-console',
  redirect_uri: 'http://127.0.0.1:3000/console/signed-in',
} as const;

export const SIGNED_OUT = 'http://127.0.0.1:3000/console/';

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function pkce(verifier = randomBytes(32).toString('base64url')): Pkce {
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The parameters of a sign-in that the provider has nothing to say against. */
export const goodRequest = ({ challenge }: Pick<Pkce, 'challenge'>): Readonly<Record<string, string>> => ({
  ...CONSOLE,
  response_type: 'code',
  scope: 'openid profile email offline_access orders:read orders:approve',
  state: 'a-state',
  nonce: 'a-nonce',
  code_challenge: challenge,
  code_challenge_method: 'S256',
});

/** Where a browser was sent, and the cookie that it keeps. */
export interface Visit {
  readonly status: number;
  readonly page: string;
  readonly headers: Headers;
  /** Parameters of the address that it was sent to. */
  readonly back: Readonly<Record<string, string>>;
  readonly leadsTo: string | undefined;
  readonly cookie: string | undefined;
}

/** Asks for a page as a browser does that follows no redirect. */
export async function visit(url: string, init: RequestInit = {}): Promise<Visit> {
  const answer = await fetch(url, { redirect: 'manual', ...init });
  const location = answer.headers.get('location') ?? undefined;
  return {
    status: answer.status,
    page: await answer.text(),
    headers: answer.headers,
    leadsTo: location,
    back: location === undefined ? {} : Object.fromEntries(new URL(location).searchParams),
    cookie: answer.headers.get('set-cookie')?.split(';')[0],
  };
}

/** Chooses a person on the page of the sign-in. @param choice the fields of the button or of the form */
export const choose = (
  issuer: string,
  request: Readonly<Record<string, string>>,
  choice: Readonly<Record<string, string>>,
): Promise<Visit> =>
  visit(`${issuer}/authorize`, { method: 'POST', body: new URLSearchParams({ ...request, ...choice }) });
