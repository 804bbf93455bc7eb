import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { AwsError, type Clock } from '../contracts.ts';
import { transaction } from '../store.ts';

/** An object without its content. */
export interface ObjectHead {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** In quotation marks, as S3 gives it. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** The headers that its writer gave it, such as `content-type`, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface StoredObject extends ObjectHead {
  readonly content: string;
}

export interface Bucket {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

const NAME = /^[a-z\d](?:[a-z\d-]|\.(?!\.)){1,61}[a-z\d]$/;
const MAX_KEY_BYTES = 1_024;
const HEAD = 'key, size, etag, modified_at AS modifiedAt, headers';

/** Buckets, and objects whose content is text, in the runtime's store. Their keys are in the order of their bytes, as S3 lists them. */
export class Objects {
  readonly #store: DatabaseSync;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #statements;

  constructor(store: DatabaseSync, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#clock = clock;
    store.exec(`
      CREATE TABLE IF NOT EXISTS s3_buckets (name TEXT PRIMARY KEY, created_at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS s3_objects (
        bucket TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified_at INTEGER NOT NULL,
        headers TEXT NOT NULL, PRIMARY KEY (bucket, key));`);
    this.#statements = {
      create: store.prepare('INSERT OR IGNORE INTO s3_buckets (name, created_at) VALUES (?, ?)'),
      buckets: store.prepare('SELECT name, created_at AS createdAt FROM s3_buckets ORDER BY name'),
      bucket: store.prepare('SELECT name FROM s3_buckets WHERE name = ?'),
      drop: store.prepare('DELETE FROM s3_buckets WHERE name = ?'),
      put: store.prepare(
        'INSERT OR REPLACE INTO s3_objects (bucket, key, content, size, etag, modified_at, headers) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ),
      find: store.prepare(`SELECT ${HEAD}, content FROM s3_objects WHERE bucket = ? AND key = ?`),
      list: store.prepare(
        `SELECT ${HEAD} FROM s3_objects WHERE bucket = ? AND key > ? AND substr(key, 1, length(?)) = ? ORDER BY key`,
      ),
      remove: store.prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ?'),
    };
  }

  /** Makes the bucket unless it is there. @throws AwsError `InvalidBucketName` */
  create(name: string): void {
    if (!NAME.test(name)) throw new AwsError('InvalidBucketName', `The specified bucket is not valid: ${name}`);
    this.#statements.create.run(name, this.#clock.now());
  }

  buckets(): Bucket[] {
    return this.#statements.buckets.all() as unknown as Bucket[];
  }

  /** @throws AwsError `NoSuchBucket` */
  requireBucket(name: string): void {
    if (this.#statements.bucket.get(name)) return;
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
  }

  /** @throws AwsError `NoSuchBucket`, `BucketNotEmpty` */
  drop(name: string): void {
    this.requireBucket(name);
    transaction(this.#store, () => {
      const [first] = this.list(name);
      if (first) throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
      this.#statements.drop.run(name);
    });
  }

  /** Writes an object whole. Returns its ETag. @throws AwsError `NoSuchBucket`, `KeyTooLongError` */
  put(bucket: string, key: string, content: string, headers: ObjectHead['headers']): string {
    this.requireBucket(bucket);
    if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
      throw new AwsError('KeyTooLongError', `Your key is too long: it may have ${MAX_KEY_BYTES} bytes.`);
    }
    const etag = `"${createHash('md5').update(content).digest('hex')}"`;
    const size = Buffer.byteLength(content);
    this.#statements.put.run(bucket, key, content, size, etag, this.#clock.now(), JSON.stringify(headers));
    return etag;
  }

  /** @throws AwsError `NoSuchBucket`, `NoSuchKey` */
  get(bucket: string, key: string): StoredObject {
    this.requireBucket(bucket);
    const row = this.#statements.find.get(bucket, key);
    if (!row) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
    return parsed(row) as StoredObject;
  }

  /** The objects after a key, in their order. @throws AwsError `NoSuchBucket` */
  *list(bucket: string, prefix = '', after = ''): Generator<ObjectHead> {
    this.requireBucket(bucket);
    for (const row of this.#statements.list.iterate(bucket, after, prefix, prefix)) yield parsed(row);
  }

  /** Deletes an object, if it is there. @throws AwsError `NoSuchBucket` */
  remove(bucket: string, key: string): void {
    this.requireBucket(bucket);
    this.#statements.remove.run(bucket, key);
  }
}

const parsed = (row: Record<string, unknown>): ObjectHead =>
  ({ ...row, headers: JSON.parse(row.headers as string) as ObjectHead['headers'] }) as unknown as ObjectHead;
