/** Tokens from the simulated identity provider, for people and programs on this machine. */

/** The claims that a token shall have: the fields of `partners/identity-provider/README.md`. */
export interface TokenRequest {
  readonly sub: string;
  readonly role: string;
  /** Space-separated. */
  readonly scope?: string;
  readonly email?: string;
  readonly name?: string;
  readonly audience?: string;
  /** Seconds. */
  readonly expires_in?: number;
}

/** The audience in the tokens of this machine's platform: it names the API. */
export const DEVELOPMENT_AUDIENCE = 'waybill';
const DEVELOPMENT_GRANT = 'urn:waybill:params:oauth:grant-type:development';
/** For a machine that has much else to do; who is not there refuses at once. */
const PATIENCE_MS = 30_000;

/**
 * The issuer whose tokens the API at `url` accepts: its answer to a request without a token names it.
 * @throws Error with a message for the person who runs the program
 */
export async function issuerOf(url: string): Promise<string> {
  const answer = await fetch(`${url.replace(/\/$/, '')}/api/v1/orders`, {
    method: 'POST',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause: unknown) => {
    throw new Error(`No Waybill answers at ${url}. Start one with \`npm start\`, or name its address in WAYBILL_URL.`, {
      cause,
    });
  });
  await answer.body?.cancel();
  const issuer = /^Bearer realm="([^"]+)"/.exec(answer.headers.get('www-authenticate') ?? '')?.[1];
  if (issuer === undefined) {
    throw new Error(`What answers at ${url} is no Waybill: it names no issuer of tokens.`);
  }
  return issuer;
}

/** @throws Error with a message for the person who runs the program, also for a real issuer, which wants credentials */
export async function tokenFrom(issuer: string, request: TokenRequest): Promise<string> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: DEVELOPMENT_GRANT, audience: DEVELOPMENT_AUDIENCE, ...request }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause: unknown) => {
    throw new Error(`The token issuer ${issuer} does not answer.`, { cause });
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The token issuer ${issuer} refused (${answer.status}): ${text}`);
  return (JSON.parse(text) as { access_token: string }).access_token;
}
