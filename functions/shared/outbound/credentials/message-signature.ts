/**
 * HTTP Message Signatures (RFC 9421) with the digest of the body (RFC 9530): what we need of them, which is to sign requests.
 * See docs/decisions/0084-requests-to-partners-are-signed.md.
 */
import { createHash, createHmac, createPrivateKey, sign } from 'node:crypto';
import type { Credential } from './credential.ts';

export interface Message {
  readonly method: string;
  readonly url: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The label of our signature, of which a request may have several. */
const LABEL = 'waybill';
/** Where a request goes, and what it asks for. */
const TARGET = ['@method', '@authority', '@path', '@query'];
/** Headers that change what a request does are covered where they are. */
const MEANINGFUL = ['content-type', 'content-digest', 'idempotency-key'];

/**
 * The headers that sign a request.
 * @param at when it is signed, in milliseconds since the epoch; the partner refuses it some minutes later
 */
export function signatureHeaders(message: Message, credential: Credential, at: number): Record<string, string> {
  const digest = message.body === undefined ? {} : { 'content-digest': contentDigest(message.body) };
  const headers = { ...message.headers, ...digest };
  const components = [...TARGET, ...MEANINGFUL.filter((name) => name in headers)];
  const parameters = `;created=${Math.floor(at / 1_000)};keyid="${credential.keyId}";alg="${credential.kind}"`;
  const base = signatureBase({ ...message, headers }, components, parameters);
  return {
    ...digest,
    'signature-input': `${LABEL}=${signatureInput(components, parameters)}`,
    signature: `${LABEL}=:${signatureOf(base, credential).toString('base64')}:`,
  };
}

/** RFC 9421, 2.5. @param parameters of the signature, each with a semicolon before it */
export const signatureBase = (message: Message, components: readonly string[], parameters: string): string =>
  [
    ...components.map((component) => `"${component}": ${valueOf(component, message)}`),
    `"@signature-params": ${signatureInput(components, parameters)}`,
  ].join('\n');

const signatureInput = (components: readonly string[], parameters: string): string =>
  `(${components.map((component) => `"${component}"`).join(' ')})${parameters}`;

/** RFC 9421, 2.1 and 2.2. */
function valueOf(component: string, { method, url, headers }: Message): string {
  const { host, pathname, search } = new URL(url);
  switch (component) {
    case '@method':
      return method;
    case '@authority':
      return host;
    case '@path':
      return pathname;
    case '@query':
      return search === '' ? '?' : search;
    default:
      return headers[component]!.trim();
  }
}

export function signatureOf(base: string, { kind, secret }: Pick<Credential, 'kind' | 'secret'>): Buffer {
  if (kind === 'hmac-sha256') return createHmac('sha256', secret).update(base).digest();
  return sign(null, Buffer.from(base), createPrivateKey(secret));
}

/** RFC 9530, 2. */
export const contentDigest = (body: string): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
