import type { DatabaseSync } from 'node:sqlite';
import type { Evaluation } from './evaluation.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS cloudwatch_alarms (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
`;

export interface KnownState extends Evaluation {
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/** The states of alarms, which outlive a restart: people hear of a change once. */
export class AlarmStates {
  readonly #statements;

  constructor(store: DatabaseSync) {
    store.exec(SCHEMA);
    this.#statements = {
      find: store.prepare('SELECT state, reason, changed_at AS changedAt FROM cloudwatch_alarms WHERE name = ?'),
      put: store.prepare(`
        INSERT INTO cloudwatch_alarms (name, state, reason, changed_at) VALUES (:name, :state, :reason, :changedAt)
        ON CONFLICT (name) DO UPDATE SET state = excluded.state, reason = excluded.reason, changed_at = excluded.changed_at`),
    };
  }

  of(name: string): KnownState | undefined {
    return this.#statements.find.get(name) as unknown as KnownState | undefined;
  }

  put(name: string, { state, reason, changedAt }: KnownState): void {
    this.#statements.put.run({ name, state, reason, changedAt });
  }
}
