import * as z from 'zod';

/** How a partner knows us: by a token, or by a signature of each request with a key that both have, or that only we have. */
export const CREDENTIAL_KINDS = ['bearer', 'hmac-sha256', 'ed25519'] as const;

/** In PEM. */
const pem = z.string().regex(/^-----BEGIN [A-Z ]+-----\s/);

const credential = z.strictObject({
  kind: z.enum(CREDENTIAL_KINDS),
  /** How the partner tells our credentials apart. */
  keyId: z.string().regex(/^[\w.-]{1,64}$/),
  /** The token, the common key, or our private key in PEM. */
  secret: z.string().min(32),
  /** Mutual TLS: our certificate with its private key, in PEM. @default none */
  tls: z
    .strictObject({
      certificate: pem,
      key: pem,
      /** Who vouches for the partner's certificate. @default the authorities that Node trusts */
      authority: pem.exactOptional(),
    })
    .exactOptional(),
});

export type Credential = z.output<typeof credential>;

/** @throws Error that names what is wrong, and shows none of it */
export function parseCredential(text: string): Credential {
  const parsed = credential.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'the whole'} (${code})`);
  throw new Error(
    `The secret holds no credential: ${faults.join(', ')}. It is JSON with kind (${CREDENTIAL_KINDS.join(', ')}), keyId, secret, and tls if the partner wants it.`,
  );
}

/** What is no JSON is undefined: the parser's own error would show a part of it. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
