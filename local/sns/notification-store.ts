import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '../store.ts';

/** What a topic was told. */
export interface Notification {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The addresses that AWS would send it to. */
  readonly emails: readonly string[];
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sns_notifications (
    id INTEGER PRIMARY KEY,
    topic_arn TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL,
    emails TEXT NOT NULL
  ) STRICT;
`;
const KEPT = 200;

/** The last notifications of all topics. */
export class NotificationStore {
  readonly #store: DatabaseSync;
  readonly #statements;

  constructor(store: DatabaseSync) {
    store.exec(SCHEMA);
    this.#store = store;
    this.#statements = {
      add: store.prepare(`
        INSERT INTO sns_notifications (topic_arn, subject, message, at, emails)
        VALUES (:topicArn, :subject, :message, :at, :emails)`),
      forget: store.prepare('DELETE FROM sns_notifications WHERE id <= ? - ?'),
      newest: store.prepare(`
        SELECT topic_arn AS topicArn, subject, message, at, emails FROM sns_notifications ORDER BY id DESC`),
    };
  }

  add(notification: Notification): void {
    transaction(this.#store, () => {
      const { lastInsertRowid } = this.#statements.add.run({
        ...notification,
        emails: JSON.stringify(notification.emails),
      });
      this.#statements.forget.run(lastInsertRowid, KEPT);
    });
  }

  newest(): Notification[] {
    return this.#statements.newest.all().map((row) => {
      const { emails, ...notification } = row as unknown as Omit<Notification, 'emails'> & { readonly emails: string };
      return { ...notification, emails: JSON.parse(emails) as string[] };
    });
  }
}
