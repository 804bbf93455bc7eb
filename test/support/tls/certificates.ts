/** Certificates made for one test: an authority, and what it vouches for. No key of them is kept. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { certificateOf, der, oid, sequence, time } from '../../../partners/shared/der.ts';

export interface Certified {
  /** In PEM. */
  readonly certificate: string;
  readonly key: string;
}

/** Who signs certificates. */
export interface Authority extends Certified {
  /** A certificate for a client, or for a server on 127.0.0.1. */
  issue(name: string): Certified;
}

const DAY_MS = 24 * 3_600_000;
const OID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  subjectAltName: '551d11',
};

export function newAuthority(name: string): Authority {
  const keys = newKeys();
  const certificate = signed({
    subject: name,
    of: keys.publicKey,
    issuer: name,
    by: keys.privateKey,
    isAuthority: true,
  });
  return {
    certificate,
    key: pemOf(keys.privateKey),
    issue(subject) {
      const own = newKeys();
      return {
        certificate: signed({ subject, of: own.publicKey, issuer: name, by: keys.privateKey, isAuthority: false }),
        key: pemOf(own.privateKey),
      };
    },
  };
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string;

interface Contents {
  readonly subject: string;
  readonly of: KeyObject;
  readonly issuer: string;
  readonly by: KeyObject;
  readonly isAuthority: boolean;
}

/** X.509, version 3 (RFC 5280, 4.1). */
function signed({ subject, of, issuer, by, isAuthority }: Contents): string {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const now = Date.now();
  const extensions = isAuthority
    ? [extension(OID.basicConstraints, sequence(der(0x01, Buffer.of(0xff))))]
    : [extension(OID.subjectAltName, sequence(der(0x87, Buffer.of(127, 0, 0, 1))))];
  const content = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    nameOf(issuer),
    sequence(time(now - DAY_MS), time(now + DAY_MS)),
    nameOf(subject),
    of.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  return certificateOf(content, algorithm, sign('sha256', content, by));
}

const nameOf = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid(OID.commonName), der(0x0c, Buffer.from(name)))));
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), der(0x04, value));
