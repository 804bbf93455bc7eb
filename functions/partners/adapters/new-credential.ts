import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Credential } from '../../shared/outbound/credentials/credential.ts';

/** A credential of the same kind as another, made by chance. The certificate of mutual TLS stays: its authority renews it. */
export const newCredential = (before: Credential, version: string): Credential => ({
  ...before,
  keyId: `key-${version.slice(0, 32)}`,
  secret: before.kind === 'ed25519' ? newPrivateKey() : randomBytes(48).toString('base64url'),
});

const newPrivateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

/** What the partner has to have of a credential: of a key pair only the public key. */
export const partnersPart = ({ kind, secret }: Credential): object =>
  kind === 'ed25519'
    ? { kind, publicKey: createPublicKey(secret).export({ type: 'spki', format: 'pem' }) }
    : { kind, secret };
