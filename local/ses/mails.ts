import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';

/** An e-mail that somebody has sent. */
export interface Mail {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly sentAt: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
}

/** As many as are kept when there is no folder, and as the page lists. */
const MOST = 200;

/**
 * The mails that were sent, instead of their delivery: each is a file that a mail program opens (`.eml`, RFC 5322), and beside it what the page shows of it
 * (`.json`). A file is written before its mail counts as sent.
 */
export class Mails {
  readonly #folder: string | undefined;
  readonly #inMemory = new Map<string, Mail>();

  /** @param folder where they are. @default in memory */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  async add(mail: Mail): Promise<void> {
    if (this.#folder === undefined) {
      this.#inMemory.set(mail.id, mail);
      const [oldest] = this.#inMemory.keys();
      if (this.#inMemory.size > MOST && oldest !== undefined) this.#inMemory.delete(oldest);
      return;
    }
    const { id, sentAt, to, ...parts } = mail;
    const composer = new MailComposer({ ...parts, to: [...to], date: new Date(sentAt), messageId: `<${id}@local>` });
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeFileSync(this.#file(id, 'eml'), await composer.compile().build(), { mode: 0o600 });
    writeFileSync(this.#file(id, 'json'), JSON.stringify(mail), { mode: 0o600 });
  }

  /** The newest first. */
  list(): Mail[] {
    return this.#ids().flatMap((id) => this.find(id) ?? []);
  }

  find(id: string): Mail | undefined {
    if (this.#folder === undefined) return this.#inMemory.get(id);
    if (!this.#ids().includes(id)) return undefined;
    return JSON.parse(readFileSync(this.#file(id, 'json'), 'utf8')) as Mail;
  }

  /** Ids sort by time. */
  #ids(): string[] {
    const ids = this.#folder === undefined ? [...this.#inMemory.keys()] : this.#inFolder(this.#folder);
    return ids.sort().reverse().slice(0, MOST);
  }

  #inFolder(folder: string): string[] {
    try {
      return readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [path.basename(file, '.json')] : []));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  #file(id: string, kind: 'eml' | 'json'): string {
    return path.join(this.#folder!, `${id}.${kind}`);
  }
}
