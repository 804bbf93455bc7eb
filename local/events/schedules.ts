import type { ServiceContext } from '../contracts.ts';
import { transaction } from '../store.ts';
import type { Schedule } from './schedule.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events_schedules (
    rule TEXT PRIMARY KEY,
    expression TEXT NOT NULL,
    next_at INTEGER NOT NULL
  ) STRICT;
`;

export interface ScheduledRule {
  readonly name: string;
  readonly expression: string;
  readonly schedule: Schedule;
  /**
   * Records the firing of `firedAtMs` durably, and answers what begins with its deliveries. It is called inside of a
   * transaction.
   */
  readonly fire: (firedAtMs: number) => () => void;
}

/**
 * Fires rules on schedule. The next time of each is recorded together with the deliveries of the last one, so that a
 * restart neither loses a firing nor doubles it; several that were missed while nothing ran are one.
 */
export class Schedules {
  readonly #context: ServiceContext;
  readonly #rules = new Map<string, ScheduledRule>();
  readonly #timers = new Map<string, () => void>();
  readonly #statements;
  #running = false;

  constructor(context: ServiceContext) {
    context.store.exec(SCHEMA);
    this.#context = context;
    this.#statements = {
      find: context.store.prepare('SELECT next_at AS nextAt FROM events_schedules WHERE rule = ? AND expression = ?'),
      put: context.store.prepare(`
        INSERT INTO events_schedules (rule, expression, next_at) VALUES (?, ?, ?)
        ON CONFLICT (rule) DO UPDATE SET expression = excluded.expression, next_at = excluded.next_at`),
      remove: context.store.prepare('DELETE FROM events_schedules WHERE rule = ?'),
    };
  }

  /** Adds a rule or replaces it. Its clock starts with `resume`, or at once when that was before. */
  set(rule: ScheduledRule): void {
    this.#disarm(rule.name);
    this.#rules.set(rule.name, rule);
    if (this.#running) this.#start(rule);
  }

  /** A rule that is set again later counts from then. */
  remove(name: string): void {
    this.#disarm(name);
    if (this.#rules.delete(name) && this.#running) this.#statements.remove.run(name);
  }

  /** Starts the clocks of all rules: new ones count from now, others go on. */
  resume(): void {
    this.#running = true;
    for (const rule of this.#rules.values()) this.#start(rule);
  }

  close(): void {
    for (const name of [...this.#timers.keys()]) this.#disarm(name);
  }

  #start(rule: ScheduledRule): void {
    const known = this.#statements.find.get(rule.name, rule.expression) as { readonly nextAt: number } | undefined;
    this.#arm(rule, known?.nextAt ?? this.#record(rule));
  }

  #disarm(name: string): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }

  #arm(rule: ScheduledRule, nextAt: number | undefined): void {
    if (nextAt === undefined) return;
    this.#timers.set(
      rule.name,
      this.#context.clock.at(nextAt, () => this.#fire(rule, nextAt)),
    );
  }

  #fire(rule: ScheduledRule, firedAt: number): void {
    let deliver = (): void => {};
    let nextAt: number | undefined;
    transaction(this.#context.store, () => {
      deliver = rule.fire(firedAt);
      nextAt = this.#record(rule);
    });
    this.#arm(rule, nextAt);
    deliver();
  }

  #record({ name, expression, schedule }: ScheduledRule): number | undefined {
    const nextAt = schedule.next(this.#context.clock.now());
    if (nextAt === undefined) this.#statements.remove.run(name);
    else this.#statements.put.run(name, expression, nextAt);
    return nextAt;
  }
}
