/** The credentials that the simulated partners accept: they are told of ours as real ones are, on another way than their API. */
import { createPublicKey } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Credential, parseCredential } from '../../functions/shared/outbound/credentials/credential.ts';
import { credentialInSecret } from '../../functions/shared/outbound/credentials/secrets-manager.ts';
import { parseFile } from '../../local/storage-failure.ts';
import { secretsManagerAt } from '../clients/secrets.ts';

/** A file per partner, for its owner only. */
export class PartnerCredentials {
  readonly #folder: string;
  readonly #isTemporary: boolean;

  /** @param dataDir without one they are gone at the end */
  constructor(dataDir: string | undefined) {
    this.#folder = dataDir ?? mkdtempSync(path.join(tmpdir(), 'partners-'));
    this.#isTemporary = dataDir === undefined;
  }

  fileOf(partner: string): string {
    return path.join(this.#folder, `partner-${partner}.credentials.json`);
  }

  /** Reads our credential for the partner, and lets the partner accept it. A partner that knows it already stays as it is. */
  async tell(partner: string, secretArn: string, endpoint: string): Promise<void> {
    const credential = await credentialInSecret(secretsManagerAt(endpoint), secretArn, parseCredential)();
    const file = this.fileOf(partner);
    const { credentials } = existsSync(file) ? contentOf(file) : { credentials: [] };
    if (credentials.some(({ keyId }) => keyId === credential.keyId)) return;
    const content = JSON.stringify({ credentials: [...credentials, acceptedFrom(credential)] });
    writeFileSync(file, content, { mode: 0o600 });
  }

  close(): void {
    if (this.#isTemporary) rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface Accepted {
  readonly keyId: string;
}

const contentOf = (file: string) =>
  parseFile(readFileSync(file, 'utf8'), file) as { readonly credentials: readonly Accepted[] };

/** What the partner has of it: of a key pair only the public one. */
const acceptedFrom = ({ kind, keyId, secret }: Credential) =>
  kind === 'ed25519'
    ? { keyId, kind, publicKey: createPublicKey(secret).export({ type: 'spki', format: 'pem' }) }
    : { keyId, kind, secret };
