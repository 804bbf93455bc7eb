import { AwsError, type ServiceContext } from '../contracts.ts';
import { untilThereIsRoom } from '../patient-clock.ts';
import { present } from '../properties.ts';
import { addColumns } from '../store.ts';
import { deadLetterAttributes } from './dead-letter.ts';
import type { RuleTarget } from './rule.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events_deliveries (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    target_arn TEXT NOT NULL,
    payload TEXT NOT NULL,
    dead_letter_arn TEXT,
    attempts INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL
  ) STRICT;
`;

/** EventBridge's defaults. */
const DEFAULT_RETRY_ATTEMPTS = 185;
const DEFAULT_EVENT_AGE_SECONDS = 86_400;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Delivers to a target, in the name of the role that it has. Rejects when the target cannot be reached or the role does not allow it. */
export type DeliverToTarget = (
  targetArn: string,
  content: string,
  roleArn: string | null,
  attributes?: Readonly<Record<string, string>>,
) => Promise<void>;

interface Pending {
  /** Its ARN; of an earlier release its name. */
  readonly rule: string;
  readonly targetArn: string;
  readonly roleArn: string | null;
  readonly payload: string;
  readonly deadLetterArn: string | null;
  readonly maxAttempts: number;
  readonly expiresAt: number;
  /** Failed attempts so far. */
  readonly attempts: number;
}

/** A delivery as it is recorded. */
interface Row extends Pending {
  readonly id: number;
  readonly nextAt: number;
}

/**
 * Brings events to targets, with retries, at least once and even across a restart. What a target gives up on goes to
 * its dead-letter queue; without one it is reported through `warn`.
 */
export class Deliveries {
  readonly #context: ServiceContext;
  readonly #deliver: DeliverToTarget;
  readonly #timers = new Map<number, () => void>();
  readonly #statements;
  #closed = false;

  constructor(context: ServiceContext, deliver: DeliverToTarget) {
    context.store.exec(SCHEMA);
    addColumns(context.store, 'events_deliveries', { role_arn: 'TEXT' });
    this.#context = context;
    this.#deliver = deliver;
    this.#statements = {
      add: context.store.prepare(`
        INSERT INTO events_deliveries (rule, target_arn, role_arn, payload, dead_letter_arn, attempts, max_attempts, expires_at, next_at)
        VALUES (:rule, :targetArn, :roleArn, :payload, :deadLetterArn, :attempts, :maxAttempts, :expiresAt, :nextAt)`),
      all: context.store.prepare(`
        SELECT id, rule, target_arn AS targetArn, role_arn AS roleArn, payload, dead_letter_arn AS deadLetterArn, attempts,
          max_attempts AS maxAttempts, expires_at AS expiresAt, next_at AS nextAt FROM events_deliveries ORDER BY id`),
      postpone: context.store.prepare('UPDATE events_deliveries SET attempts = ?, next_at = ? WHERE id = ?'),
      remove: context.store.prepare('DELETE FROM events_deliveries WHERE id = ?'),
    };
  }

  /**
   * Resolves when the event is durable: in the queue that it is for, or in the list of deliveries that are to be made.
   * Never rejects because of the target.
   */
  async dispatch(rule: string, target: RuleTarget, payload: string): Promise<void> {
    if (!isQueue(target.arn)) return this.prepare(rule, target, payload)();
    const delivery = this.#pending(rule, target, payload);
    try {
      await this.#deliver(target.arn, payload, delivery.roleArn);
    } catch (error) {
      const failed = { ...delivery, attempts: 1 };
      const id = this.#record(failed, this.#retryAt(failed));
      await this.#afterFailure(id, failed, error);
    }
  }

  /** Records a delivery, and answers what begins with it: for a caller that has more to record in the same transaction. */
  prepare(rule: string, target: RuleTarget, payload: string): () => void {
    const delivery = this.#pending(rule, target, payload);
    const id = this.#record(delivery, this.#context.clock.now());
    return () => this.#begin(id, delivery);
  }

  /** Resumes the deliveries of an earlier process. */
  resume(): void {
    for (const row of this.#statements.all.all()) {
      const { id, nextAt, ...delivery } = row as unknown as Row;
      this.#schedule(id, delivery, nextAt);
    }
  }

  /** What is pending stays recorded, for the next `resume`. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #pending(rule: string, { arn, roleArn, deadLetterArn, retry }: RuleTarget, payload: string): Pending {
    return {
      rule,
      targetArn: arn,
      roleArn: roleArn ?? null,
      payload,
      deadLetterArn: deadLetterArn ?? null,
      maxAttempts: 1 + (retry?.maximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS),
      expiresAt: this.#context.clock.now() + 1000 * (retry?.maximumEventAgeSeconds ?? DEFAULT_EVENT_AGE_SECONDS),
      attempts: 0,
    };
  }

  #record(delivery: Pending, nextAt: number): number {
    return Number(this.#statements.add.run({ ...delivery, nextAt }).lastInsertRowid);
  }

  #schedule(id: number, delivery: Pending, at: number): void {
    this.#timers.set(
      id,
      this.#context.clock.at(at, () => {
        this.#timers.delete(id);
        this.#begin(id, delivery);
      }),
    );
  }

  #begin(id: number, delivery: Pending): void {
    void untilThereIsRoom(this.#context.clock, () => this.#attempt(id, delivery));
  }

  async #attempt(id: number, delivery: Pending): Promise<void> {
    try {
      await this.#deliver(delivery.targetArn, delivery.payload, delivery.roleArn);
    } catch (error) {
      return this.#afterFailure(id, { ...delivery, attempts: delivery.attempts + 1 }, error);
    }
    if (!this.#closed) this.#statements.remove.run(id);
  }

  async #afterFailure(id: number, delivery: Pending, error: unknown): Promise<void> {
    if (this.#closed) return;
    const retryAt = this.#retryAt(delivery);
    if (isTransient(error) && delivery.attempts < delivery.maxAttempts && retryAt < delivery.expiresAt) {
      this.#statements.postpone.run(delivery.attempts, retryAt, id);
      return this.#schedule(id, delivery, retryAt);
    }
    await this.#giveUp(delivery, error);
    if (!this.#closed) this.#statements.remove.run(id);
  }

  async #giveUp(delivery: Pending, error: unknown): Promise<void> {
    const { rule, targetArn, payload, deadLetterArn, attempts, maxAttempts } = delivery;
    const reason = error instanceof Error ? error.message : String(error);
    const what = `The rule ${rule.split('/').at(-1)} could not deliver an event to ${targetArn} in ${attempts} attempt(s): ${reason}`;
    if (deadLetterArn === null) {
      return this.#context.warn(`${what}. It has no dead letter queue, so the event is lost: ${payload}`);
    }
    try {
      const reached = attempts >= maxAttempts ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds';
      const exhausted = isTransient(error) ? reached : undefined;
      const givenUp = { ruleArn: rule, targetArn, attempts, ...present({ exhausted }) };
      await this.#deliver(deadLetterArn, payload, null, deadLetterAttributes(givenUp, error));
    } catch {
      this.#context.warn(
        `${what}. Its dead letter queue ${deadLetterArn} failed too, so the event is lost: ${payload}`,
      );
    }
  }

  #retryAt({ attempts }: Pending): number {
    return this.#context.clock.now() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
  }
}

const isQueue = (arn: string): boolean => arn.split(':')[2] === 'sqs';

/** A target that refuses (a 4xx other than throttling) will refuse again. */
const isTransient = (error: unknown): boolean =>
  !(error instanceof AwsError) || error.status === 429 || error.status >= 500;
