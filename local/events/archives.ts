import { arnOf } from '../arn.ts';
import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import { Declared } from '../declared.ts';
import { compilePattern, type Predicate } from '../event-pattern.ts';
import { sortedBy } from '../paging.ts';
import { StoredDefinitions } from '../stored-definitions.ts';
import type { Bus } from './catalogue.ts';
import type { EventEnvelope } from './rule.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events_archived (
    seq INTEGER PRIMARY KEY,
    archive TEXT NOT NULL,
    time TEXT NOT NULL,
    archived_at INTEGER NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_archived_by_time ON events_archived (archive, time, seq);
`;
const DAY_MS = 86_400_000;

export interface ArchiveDefinition {
  readonly name: string;
  /** Of the bus. */
  readonly sourceArn: string;
  readonly description?: string;
  /** Which events it keeps. @default all */
  readonly pattern?: JsonObject;
  /** 0 keeps events for ever. */
  readonly retentionDays: number;
}

export interface Archive extends ArchiveDefinition {
  readonly createdAt: number;
}

/** A place between events, by their times, and by their order within one second. */
export interface Position {
  /** As in events. */
  readonly time: string;
  readonly seq: number;
}

export interface ArchivedEvent extends Position {
  readonly event: EventEnvelope;
}

/** Archives of buses: each keeps the events that match its pattern, but those of replays, until they are too old. */
export class Archives {
  readonly declared: Declared;
  readonly #context: ServiceContext;
  readonly #stored: StoredDefinitions<Archive>;
  readonly #archives = new Map<string, { readonly archive: Archive; readonly matches: Predicate }>();
  readonly #statements;

  constructor(context: ServiceContext) {
    const { store, warn } = context;
    store.exec(SCHEMA);
    this.#context = context;
    this.declared = new Declared(warn);
    this.#stored = new StoredDefinitions(store, 'events_archives');
    this.#statements = {
      add: store.prepare('INSERT INTO events_archived (archive, time, archived_at, event) VALUES (?, ?, ?, ?)'),
      expire: store.prepare('DELETE FROM events_archived WHERE archive = ? AND archived_at <= ?'),
      clear: store.prepare('DELETE FROM events_archived WHERE archive = ?'),
      size: store.prepare(
        'SELECT COUNT(*) AS count, COALESCE(SUM(LENGTH(event)), 0) AS bytes FROM events_archived WHERE archive = ?',
      ),
      after: store.prepare(
        'SELECT seq, time, event FROM events_archived WHERE archive = ? AND (time, seq) > (?, ?) AND time <= ? ORDER BY time, seq LIMIT ?',
      ),
    };
    for (const archive of this.#stored.all()) this.#set(archive);
  }

  /** For the app; the archive is kept like a client's, with its events. @throws InvalidPattern */
  declare(definition: ArchiveDefinition): void {
    const createdAt = this.#archives.get(definition.name)?.archive.createdAt ?? this.#context.clock.now();
    this.#set({ ...definition, createdAt });
    this.declared.add(this.arnOf(definition.name));
  }

  /** Creates or changes an archive for a client. @throws InvalidPattern */
  put(archive: Archive): void {
    const arn = this.arnOf(archive.name);
    this.#set(archive);
    if (this.declared.has(arn)) this.declared.warnOfChange(arn);
    else this.#stored.put(archive.name, archive);
  }

  /** Of a client's, with its events. */
  remove(name: string): void {
    this.#stored.remove(name);
    this.#archives.delete(name);
    this.#statements.clear.run(name);
  }

  find(name: string): Archive | undefined {
    return this.#archives.get(name)?.archive;
  }

  /** @throws AwsError `ResourceNotFoundException` */
  require(name: string): Archive {
    const archive = this.find(name);
    if (archive) return archive;
    throw new AwsError('ResourceNotFoundException', `Archive ${name} does not exist.`);
  }

  all(): Archive[] {
    return sortedBy(
      [...this.#archives.values()].map(({ archive }) => archive),
      ({ name }) => name,
    );
  }

  arnOf(name: string): string {
    return arnOf(this.#context, 'events', `archive/${name}`);
  }

  /** The event is durable in the archives that it is for when this returns. */
  keep(bus: Pick<Bus, 'arn'>, event: EventEnvelope): void {
    if (event['replay-name'] !== undefined) return;
    for (const { archive, matches } of this.#archives.values()) {
      if (archive.sourceArn !== bus.arn || !matches(event as unknown as JsonObject)) continue;
      this.#expire(archive);
      this.#statements.add.run(archive.name, event.time, this.#context.clock.now(), JSON.stringify(event));
    }
  }

  sizeOf(archive: Archive): { readonly count: number; readonly bytes: number } {
    this.#expire(archive);
    return this.#statements.size.get(archive.name) as unknown as { count: number; bytes: number };
  }

  /** Events after a place, up to a time that they may have. */
  after(archive: Archive, { time, seq }: Position, until: string, limit: number): ArchivedEvent[] {
    this.#expire(archive);
    const rows = this.#statements.after.all(archive.name, time, seq, until, limit);
    return rows.map((row) => ({
      ...(row as unknown as Position),
      event: JSON.parse(row.event as string) as EventEnvelope,
    }));
  }

  #set(archive: Archive): void {
    this.#archives.set(archive.name, {
      archive,
      matches: archive.pattern ? compilePattern(archive.pattern) : () => true,
    });
  }

  #expire({ name, retentionDays }: Archive): void {
    if (retentionDays > 0) this.#statements.expire.run(name, this.#context.clock.now() - retentionDays * DAY_MS);
  }
}
