import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseFile } from '../storage-failure.ts';
import type { Secret } from './secret.ts';
import { notFound } from './secret.ts';

const OWNER_ONLY = { file: 0o600, folder: 0o700 };
const EXTENSION = '.json';

/** The secrets, each in a file that only its owner may read. */
export class SecretFiles {
  readonly #folder: string | undefined;
  readonly #secrets = new Map<string, Secret>();

  /** @param folder without one the secrets are in memory */
  constructor(folder: string | undefined) {
    this.#folder = folder;
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY.folder });
    chmodSync(folder, OWNER_ONLY.folder);
    for (const file of readdirSync(folder).filter((name) => name.endsWith(EXTENSION))) {
      const secretFile = path.join(folder, file);
      const secret = parseFile(readFileSync(secretFile, 'utf8'), secretFile) as Secret;
      this.#secrets.set(secret.arn, secret);
    }
  }

  all(): Secret[] {
    return [...this.#secrets.values()];
  }

  find(nameOrArn: string): Secret | undefined {
    return this.#secrets.get(nameOrArn) ?? this.all().find(({ name }) => name === nameOrArn);
  }

  /** @throws AwsError `ResourceNotFoundException` */
  get(nameOrArn: string): Secret {
    const found = this.find(nameOrArn);
    if (!found) throw notFound("Secrets Manager can't find the specified secret.");
    return found;
  }

  /** A reader finds the old content or the new one, never half of it. */
  put(secret: Secret): void {
    if (this.#folder !== undefined) {
      const file = path.join(this.#folder, `${encodeURIComponent(secret.name)}${EXTENSION}`);
      const draft = `${file}.draft`;
      if (existsSync(draft)) chmodSync(draft, OWNER_ONLY.file);
      writeFileSync(draft, `${JSON.stringify(secret, null, 2)}\n`, { mode: OWNER_ONLY.file });
      renameSync(draft, file);
    }
    this.#secrets.set(secret.arn, secret);
  }
}
