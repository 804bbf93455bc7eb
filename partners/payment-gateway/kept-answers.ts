/** The first result under each Idempotency-Key: docs.stripe.com/api/idempotent_requests. */
import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Answer } from '../shared/http.ts';
import { invalid, Refusal } from './refusal.ts';

/** A key is forgotten after a day. */
export const KEPT_MS = 24 * 3_600_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS kept_answers (
    key TEXT PRIMARY KEY, at INTEGER NOT NULL, request TEXT NOT NULL, path TEXT NOT NULL, parameters TEXT NOT NULL,
    status INTEGER NOT NULL, body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS kept_answers_by_age ON kept_answers (at);
`;

/** A request that names a key. */
export interface Keyed {
  readonly key: string;
  readonly path: string;
  readonly form: URLSearchParams;
}

interface Row {
  readonly request: string;
  readonly path: string;
  readonly parameters: string;
  readonly status: number;
  readonly body: string;
}

export class KeptAnswers {
  readonly #now: () => number;
  readonly #find: StatementSync;
  readonly #put: StatementSync;
  readonly #forget: StatementSync;
  /** Until when the requests are under way whose answers come later. */
  readonly #underWay = new Map<string, number>();

  constructor(database: DatabaseSync, now: () => number) {
    database.exec(SCHEMA);
    this.#now = now;
    this.#find = database.prepare(
      'SELECT request, path, parameters, status, body FROM kept_answers WHERE key = ? AND at > ?',
    );
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO kept_answers (key, at, request, path, parameters, status, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#forget = database.prepare('DELETE FROM kept_answers WHERE at <= ?');
  }

  /**
   * The answer that the key has got before.
   * @throws Refusal when the key belongs to another request, or to one that is under way
   */
  of({ key, path, form }: Keyed): Answer | undefined {
    const kept = this.#find.get(key, this.#now() - KEPT_MS) as unknown as Row | undefined;
    if (kept === undefined) return undefined;
    const mismatch =
      kept.path !== path
        ? `be used for the same endpoint they were first used for ('${kept.path}' vs '${path}')`
        : kept.parameters !== digestOf(form)
          ? 'be used with the same parameters they were first used with'
          : undefined;
    if (mismatch !== undefined) {
      const message = `Keys for idempotent requests can only ${mismatch}. Try using a key other than '${key}' if you meant to execute a different request.`;
      throw new Refusal(400, { type: 'idempotency_error', message });
    }
    if ((this.#underWay.get(key) ?? 0) > this.#now()) {
      const message = `There is currently another in-progress request using this Idempotent Key: ${key}. Please try again later.`;
      throw new Refusal(409, { type: 'invalid_request_error', code: 'idempotency_key_in_use', message });
    }
    this.#underWay.delete(key);
    return {
      status: kept.status,
      body: JSON.parse(kept.body) as object,
      headers: { 'idempotent-replayed': 'true', 'original-request': kept.request },
    };
  }

  /** @param requestId of the request that the answer is the result of */
  keep({ key, path, form }: Keyed, { status, body }: Answer, requestId: string): void {
    this.#forget.run(this.#now() - KEPT_MS);
    this.#put.run(key, this.#now(), requestId, path, digestOf(form), status, JSON.stringify(body));
  }

  /** The answer of this key comes only after some time. */
  answersAfter(key: string, ms: number): void {
    this.#underWay.set(key, this.#now() + ms);
  }
}

/** @throws Refusal */
export function keyIn(header: string | readonly string[] | undefined): string | undefined {
  const key = typeof header === 'string' && header !== '' ? header : undefined;
  if (key !== undefined && key.length > 255) throw invalid('Idempotency keys have at most 255 characters.');
  return key;
}

/** Of the parameters in any order; what they say is not kept. */
const digestOf = (form: URLSearchParams): string => {
  const sorted = new URLSearchParams(form);
  sorted.sort();
  return createHash('sha256').update(sorted.toString()).digest('base64');
};
