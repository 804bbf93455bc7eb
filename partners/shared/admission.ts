/** Who may ask a partner: a merchant with a credential. README.md of each partner has the rules. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createVerifier, httpbis, type SignatureParameters } from 'http-message-signatures';
import { HttpError } from './http.ts';
import type { MerchantCredential, MerchantCredentials } from './merchant-credentials.ts';

/** A signature that is older, or that comes from the future by more than the tolerance, is refused. */
const MAX_AGE_SECONDS = 300;
const TOLERANCE_SECONDS = 60;
/** What a signature has to cover; with a body its digest, too. */
const COVERED = ['@method', '@authority', '@path', '@query'];

export interface Asked {
  readonly request: IncomingMessage;
  /** Its body. */
  readonly text: string;
}

/** Admits a request, and gives the credential that it came with. @throws HttpError 401 */
export type Admission = (asked: Asked) => Promise<MerchantCredential>;

export const admission =
  (credentials: MerchantCredentials): Admission =>
  ({ request, text }) => {
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined) return Promise.resolve(bearerOf(credentials, token));
    if (request.headers.signature === undefined || request.headers['signature-input'] === undefined) {
      throw refusal('missing-credential', 'A bearer token or a signature (RFC 9421) is needed.');
    }
    return signerOf(credentials, { request, text });
  };

function bearerOf(credentials: MerchantCredentials, token: string): MerchantCredential {
  const found = credentials.all().find((each) => each.kind === 'bearer' && sameText(each.secret, token));
  return found ?? unknownCredential();
}

async function signerOf(credentials: MerchantCredentials, { request, text }: Asked): Promise<MerchantCredential> {
  const digest = request.headers['content-digest'];
  if (text !== '') {
    if (digest === undefined) {
      throw refusal('digest-missing', 'A request with a body needs a Content-Digest (RFC 9530).');
    }
    const expected = `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;
    if (digest !== expected) throw refusal('digest-differs', 'The body is another one than the Content-Digest says.');
  }
  let signer: MerchantCredential | undefined;
  const keyLookup = (parameters: SignatureParameters) => {
    signer = credentials.find(parameters.keyid ?? '');
    if (signer === undefined || signer.kind === 'bearer') return unknownCredential();
    const key = signer.kind === 'ed25519' ? signer.publicKey : signer.secret;
    return Promise.resolve({ id: signer.keyId, algs: [signer.kind], verify: createVerifier(key, signer.kind) });
  };
  const isGood = await httpbis
    .verifyMessage(
      {
        keyLookup,
        requiredParams: ['created', 'keyid', 'alg'],
        requiredFields: [...COVERED, ...(text === '' ? [] : ['content-digest'])],
        // The package takes the tolerance off the age.
        maxAge: MAX_AGE_SECONDS + TOLERANCE_SECONDS,
        tolerance: TOLERANCE_SECONDS,
      },
      messageOf(request),
    )
    .catch((error: unknown) => {
      throw error instanceof HttpError ? error : refusal('invalid-signature', (error as Error).message);
    });
  if (isGood !== true || signer === undefined) {
    throw refusal('invalid-signature', 'The signature is not of this request.');
  }
  return signer;
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
