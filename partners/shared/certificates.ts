/** X.509 certificates (RFC 5280), as much of them as the simulated channels need: version 3, RSA, a name, ten years. */
import { createPublicKey, randomBytes, sign } from 'node:crypto';
import { certificateOf, der, oid, sequence, time } from './der.ts';
import { newRsaKeys, type RsaKeys } from './rsa.ts';

/** Attributes in their order, such as `[['C', 'CN'], ['CN', 'Alipay']]`. */
export type Name = readonly (readonly [keyof typeof ATTRIBUTES, string])[];

export interface Authority {
  /** In PEM. */
  readonly certificate: string;
  /** A certificate, in PEM, for a public key in PEM. */
  issue(subject: Name, publicKey: string): string;
}

const ATTRIBUTES = { C: '550406', O: '55040a', OU: '55040b', CN: '550403' } as const;
const SHA256_WITH_RSA = '2a864886f70d01010b';
const TEN_YEARS_MS = 10 * 365 * 24 * 3_600_000;

export function newAuthority(name: Name, keys: RsaKeys = newRsaKeys()): Authority {
  const issue = (subject: Name, publicKey: string): string => {
    const algorithm = sequence(oid(SHA256_WITH_RSA), der(0x05));
    const now = Date.now();
    const content = sequence(
      der(0xa0, der(0x02, Buffer.of(2))),
      der(0x02, Buffer.concat([Buffer.of(1), randomBytes(15)])),
      algorithm,
      nameOf(name),
      sequence(time(now), time(now + TEN_YEARS_MS)),
      nameOf(subject),
      createPublicKey(publicKey).export({ type: 'spki', format: 'der' }),
    );
    const signature = sign('RSA-SHA256', content, keys.privateKey);
    return certificateOf(content, algorithm, signature);
  };
  return { certificate: issue(name, keys.publicKey), issue };
}

const nameOf = (name: Name): Buffer =>
  sequence(...name.map(([type, text]) => der(0x31, sequence(oid(ATTRIBUTES[type]), der(0x0c, Buffer.from(text))))));
