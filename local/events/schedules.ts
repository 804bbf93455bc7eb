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

/**
 * Between the first firings of rules that begin together. On AWS a deployment makes its rules one after the other, each counts
 * from then, and they fire apart. Here all begin at once, and their functions would compete for a few processors each time.
 */
const APART_MS = 5_000;

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

  /** Starts the clocks of all rules: new ones count from now, one after the other; others go on. */
  resume(): void {
    this.#running = true;
    let afterMs = 0;
    for (const rule of this.#rules.values()) {
      const begins = !rule.schedule.isOnCalendar && !this.#isAhead(rule);
      this.#start(rule, begins ? afterMs : 0);
      if (begins) afterMs += APART_MS;
    }
  }

  close(): void {
    for (const name of [...this.#timers.keys()]) this.#disarm(name);
  }

  /** Whether the rule goes on with a firing that is yet to come. */
  #isAhead(rule: ScheduledRule): boolean {
    return (this.#knownNext(rule) ?? 0) > this.#context.clock.now();
  }

  #knownNext({ name, expression }: ScheduledRule): number | undefined {
    return (this.#statements.find.get(name, expression) as { readonly nextAt: number } | undefined)?.nextAt;
  }

  /** @param afterMs what a firing that is new, or was missed, waits beyond its time */
  #start(rule: ScheduledRule, afterMs = 0): void {
    const now = this.#context.clock.now();
    const knownNext = this.#knownNext(rule);
    if (knownNext === undefined) this.#arm(rule, this.#record(rule, now + afterMs));
    else this.#arm(rule, knownNext, now + afterMs);
  }

  #disarm(name: string): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }

  #arm(rule: ScheduledRule, nextAt: number | undefined, notBefore = 0): void {
    if (nextAt === undefined) return;
    this.#timers.set(
      rule.name,
      this.#context.clock.at(Math.max(nextAt, notBefore), () => this.#fire(rule, nextAt)),
    );
  }

  #fire(rule: ScheduledRule, firedAt: number): void {
    let deliver = (): void => {};
    let nextAt: number | undefined;
    transaction(this.#context.store, () => {
      deliver = rule.fire(firedAt);
      nextAt = this.#record(rule, this.#context.clock.now());
    });
    this.#arm(rule, nextAt);
    deliver();
  }

  #record({ name, expression, schedule }: ScheduledRule, afterMs: number): number | undefined {
    const nextAt = schedule.next(afterMs);
    if (nextAt === undefined) this.#statements.remove.run(name);
    else this.#statements.put.run(name, expression, nextAt);
    return nextAt;
  }
}
