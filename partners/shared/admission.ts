/** Who may ask a partner: a merchant with a credential. README.md of each partner has the rules. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { createVerifier, httpbis, type SignatureParameters } from 'http-message-signatures';
import { HttpError } from './http.ts';
import type { MerchantCredentials } from './merchant-credentials.ts';

/** A signature that is older, or that comes from the future by more than the tolerance, is refused. */
const MAX_AGE_SECONDS = 300;
const TOLERANCE_SECONDS = 60;
/** What a signature has to cover; and its digest with a body, and the key of idempotency where there is one. */
const COVERED = ['@method', '@authority', '@path', '@query'];

export interface Asked {
  readonly request: IncomingMessage;
  /** Its body. */
  readonly text: string;
}

type KnownCredentials = Pick<MerchantCredentials, 'all' | 'find'>;

/** @throws HttpError 401 for a request that is not admitted */
export type Admission = (asked: Asked) => Promise<void>;

export const admission =
  (credentials: KnownCredentials): Admission =>
  async ({ request, text }) => {
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined) return checkBearer(credentials, token);
    if (request.headers.signature === undefined || request.headers['signature-input'] === undefined) {
      throw refusal('missing-credential', 'A bearer token or a signature (RFC 9421) is needed.');
    }
    return checkSignature(credentials, { request, text });
  };

/** Admits those whom another admission admits, if their connection has a certificate of the merchant. */
export const certifiedAdmission =
  (admit: Admission | undefined): Admission =>
  async (asked) => {
    if (!(asked.request.socket as TLSSocket).authorized) {
      throw refusal('client-certificate-missing', 'The connection has no certificate of the authority that we trust.');
    }
    await admit?.(asked);
  };

function checkBearer(credentials: KnownCredentials, token: string): void {
  const found = credentials.all().find((each) => each.kind === 'bearer' && sameText(each.secret, token));
  if (found === undefined) unknownCredential();
}

async function checkSignature(credentials: KnownCredentials, { request, text }: Asked): Promise<void> {
  const digest = request.headers['content-digest'];
  if (text !== '') {
    if (digest === undefined) {
      throw refusal('digest-missing', 'A request with a body needs a Content-Digest (RFC 9530).');
    }
    const expected = `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;
    if (digest !== expected) throw refusal('digest-differs', 'The body is another one than the Content-Digest says.');
  }
  const keyLookup = (parameters: SignatureParameters) => {
    const signer = credentials.find(parameters.keyid ?? '');
    if (signer === undefined || signer.kind === 'bearer') return unknownCredential();
    const key = signer.kind === 'ed25519' ? signer.publicKey : signer.secret;
    return Promise.resolve({ id: signer.keyId, algs: [signer.kind], verify: createVerifier(key, signer.kind) });
  };
  const isGood = await httpbis
    .verifyMessage(
      {
        keyLookup,
        requiredParams: ['created', 'keyid', 'alg'],
        requiredFields: [
          ...COVERED,
          ...(text === '' ? [] : ['content-digest']),
          ...('idempotency-key' in request.headers ? ['idempotency-key'] : []),
        ],
        // The package takes the tolerance off the age.
        maxAge: MAX_AGE_SECONDS + TOLERANCE_SECONDS,
        tolerance: TOLERANCE_SECONDS,
      },
      messageOf(request),
    )
    .catch((error: unknown) => {
      throw error instanceof HttpError ? error : refusal('invalid-signature', (error as Error).message);
    });
  if (isGood !== true) {
    throw refusal('invalid-signature', 'The signature is not of this request.');
  }
}

const messageOf = ({ method = '', url = '', headers }: IncomingMessage) => ({
  method,
  url: `http://${headers.host}${url}`,
  headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
    string,
    string | string[]
  >,
});

function unknownCredential(): never {
  throw refusal('unknown-credential', 'There is no such credential, or it has ended.');
}

const refusal = (error: string, detail: string): HttpError => new HttpError(401, error, detail);

const sameText = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((each) => createHash('sha256').update(each).digest());
  return timingSafeEqual(a!, b!);
};
