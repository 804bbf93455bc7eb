import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const text = z.string().min(32).max(512);

/** What a merchant shows or signs with. */
const MATERIAL = [
  z.object({ kind: z.literal('bearer'), secret: text }),
  z.object({ kind: z.literal('hmac-sha256'), secret: text }),
  /** In PEM. */
  z.object({ kind: z.literal('ed25519'), publicKey: text }),
] as const;

export const newCredential = z.discriminatedUnion('kind', MATERIAL);

const merchantCredential = newCredential.and(
  z.object({
    keyId: z.string().regex(/^[\w.-]{1,64}$/),
    /** From then on it is not accepted. @default it stays */
    until: z.iso.datetime().exactOptional(),
  }),
);
export type MerchantCredential = z.output<typeof merchantCredential>;

const content = z.object({ credentials: z.array(merchantCredential) });

/** The credentials of the merchant, in a file that is read for each request: a person adds the first one by hand. */
export class MerchantCredentials {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Those that are accepted now. */
  all(): MerchantCredential[] {
    return this.#read().filter(({ until }) => until === undefined || Date.parse(until) > Date.now());
  }

  /** One that is accepted now. */
  find(id: string): MerchantCredential | undefined {
    return this.all().find(({ keyId }) => keyId === id);
  }

  /** In the place of the one with the same key id. */
  put(credential: MerchantCredential): void {
    const others = this.#read().filter(({ keyId }) => keyId !== credential.keyId);
    const draft = `${this.#file}.draft`;
    writeFileSync(draft, JSON.stringify({ credentials: [...others, credential] }), { mode: 0o600 });
    renameSync(draft, this.#file);
  }

  #read(): MerchantCredential[] {
    return existsSync(this.#file) ? content.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).credentials : [];
  }
}
