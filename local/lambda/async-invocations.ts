import { AwsError, type Deliver, type InvocationResult, type ServiceContext } from '../contracts.ts';
import { untilThereIsRoom } from '../patient-clock.ts';
import { present } from '../properties.ts';
import { ASYNC_PRESETS, type AsyncConfig } from './async-config.ts';
import { type AsyncCondition, deadLetterAttributes, destinationRecord } from './async-record.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS lambda_async_invocations (
    id INTEGER PRIMARY KEY,
    function_name TEXT NOT NULL,
    request_id TEXT NOT NULL,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL
  ) STRICT;
`;

/** Lambda waits a minute before the first retry after an error of the function, and two before the second. */
const RETRY_PAUSES_MS = [60_000, 120_000];
/** A throttled event waits from a second up to five minutes, for as long as the event may be old. */
const FIRST_THROTTLED_PAUSE_MS = 1_000;
const LONGEST_THROTTLED_PAUSE_MS = 300_000;

/** A function as asynchronous invocations need it. */
export interface AsyncTarget {
  readonly arn: string;
  readonly config: AsyncConfig;
  /** A queue that gets the events which the function could not process. */
  readonly deadLetterArn?: string;
}

export interface AsyncOptions {
  /** @throws AwsError `ResourceNotFoundException` */
  readonly targetOf: (functionName: string) => AsyncTarget;
  readonly invoke: (functionName: string, payload: string, requestId: string) => Promise<InvocationResult>;
  /** Delivers in the name of a function. */
  readonly deliver: (functionArn: string, ...delivery: Parameters<Deliver>) => Promise<void>;
}

interface AsyncEvent {
  readonly id: number;
  readonly functionName: string;
  readonly requestId: string;
  readonly payload: string;
  /** Invocations so far. */
  readonly attempts: number;
  readonly acceptedAt: number;
}

/** Invocations of type Event: accepted when they are on disk, then tried as Lambda does, also across restarts. */
export class AsyncInvocations {
  readonly #context: ServiceContext;
  readonly #options: AsyncOptions;
  readonly #statements;
  /** Those that this process works on, each with what cancels its timer. */
  readonly #underWay = new Map<number, () => void>();
  #closed = false;

  constructor(context: ServiceContext, options: AsyncOptions) {
    context.store.exec(SCHEMA);
    this.#context = context;
    this.#options = options;
    this.#statements = {
      add: context.store.prepare(`
        INSERT INTO lambda_async_invocations (function_name, request_id, payload, attempts, accepted_at, next_at)
        VALUES (?, ?, ?, 0, ?, ?)`),
      all: context.store.prepare(`
        SELECT id, function_name AS functionName, request_id AS requestId, payload, attempts,
          accepted_at AS acceptedAt, next_at AS nextAt FROM lambda_async_invocations ORDER BY id`),
      postpone: context.store.prepare('UPDATE lambda_async_invocations SET attempts = ?, next_at = ? WHERE id = ?'),
      remove: context.store.prepare('DELETE FROM lambda_async_invocations WHERE id = ?'),
    };
  }

  /** The invocation is durable when this returns; it begins at once. */
  accept(functionName: string, payload: string, requestId: string): void {
    const acceptedAt = this.#context.clock.now();
    const id = Number(
      this.#statements.add.run(functionName, requestId, payload, acceptedAt, acceptedAt).lastInsertRowid,
    );
    this.#schedule({ id, functionName, requestId, payload, attempts: 0, acceptedAt }, acceptedAt);
  }

  /** Goes on with what an earlier process accepted. */
  resume(): void {
    for (const row of this.#statements.all.all() as unknown as (AsyncEvent & { readonly nextAt: number })[]) {
      if (!this.#underWay.has(row.id)) this.#schedule(row, row.nextAt);
    }
  }

  /** What is not done stays on disk, for the next `resume`. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#underWay.values()) cancel();
    this.#underWay.clear();
  }

  #schedule(event: AsyncEvent, at: number, throttled = 0): void {
    this.#underWay.set(
      event.id,
      this.#context.clock.at(
        at,
        () => void untilThereIsRoom(this.#context.clock, () => this.#attempt(event, throttled)),
      ),
    );
  }

  async #attempt(event: AsyncEvent, throttled: number): Promise<void> {
    const { functionName, payload, requestId } = event;
    let target: AsyncTarget;
    let result: InvocationResult;
    try {
      target = this.#options.targetOf(functionName);
      if (this.#isTooOld(event, target)) return await this.#end(event, target, 'EventAgeExceeded');
      result = await this.#options.invoke(functionName, payload, requestId);
    } catch (error) {
      return this.#refused(event, error, throttled);
    }
    if (this.#closed) return;
    const tried = { ...event, attempts: event.attempts + 1 };
    if (result.functionError === undefined) return this.#end(tried, target, 'Success', result);
    const { maximumRetryAttempts = ASYNC_PRESETS.maximumRetryAttempts } = target.config;
    if (tried.attempts > maximumRetryAttempts) return this.#end(tried, target, 'RetriesExhausted', result);
    const nextAt = this.#context.clock.now() + RETRY_PAUSES_MS[event.attempts]!;
    this.#statements.postpone.run(tried.attempts, nextAt, tried.id);
    this.#schedule(tried, nextAt);
  }

  /** The event was not given to the function: it waits when it may be taken later, else it is lost. */
  #refused(event: AsyncEvent, error: unknown, throttled: number): void {
    if (this.#closed) return;
    if (error instanceof AwsError && error.status !== 429 && error.status < 500) {
      return this.#drop(event, error.message);
    }
    const pause = Math.min(LONGEST_THROTTLED_PAUSE_MS, FIRST_THROTTLED_PAUSE_MS * 2 ** throttled);
    const nextAt = this.#context.clock.now() + pause;
    this.#statements.postpone.run(event.attempts, nextAt, event.id);
    this.#schedule(event, nextAt, throttled + 1);
  }

  #isTooOld({ acceptedAt }: AsyncEvent, { config }: AsyncTarget): boolean {
    const { maximumEventAgeSeconds = ASYNC_PRESETS.maximumEventAgeSeconds } = config;
    return this.#context.clock.now() - acceptedAt > maximumEventAgeSeconds * 1_000;
  }

  async #end(
    event: AsyncEvent,
    { arn, config, deadLetterArn }: AsyncTarget,
    condition: AsyncCondition,
    result?: InvocationResult,
  ): Promise<void> {
    const { clock } = this.#context;
    const { id, requestId, payload, attempts } = event;
    const failed = condition !== 'Success';
    const destination = failed ? config.onFailureArn : config.onSuccessArn;
    const ended = {
      condition,
      requestId,
      functionArn: arn,
      payload,
      attempts,
      now: clock.now(),
      ...present({ result }),
    };
    if (destination !== undefined) await this.#send(event, arn, destination, JSON.stringify(destinationRecord(ended)));
    if (failed && deadLetterArn !== undefined) {
      await this.#send(event, arn, deadLetterArn, payload, deadLetterAttributes(requestId, condition, result));
    }
    if (this.#closed) return;
    if (failed && destination === undefined && deadLetterArn === undefined) return this.#drop(event, condition);
    this.#forget(id);
  }

  async #send(
    { functionName }: AsyncEvent,
    arn: string,
    ...[destination, ...message]: Parameters<Deliver>
  ): Promise<void> {
    try {
      await this.#options.deliver(arn, destination, ...message);
    } catch (error) {
      this.#context.warn(
        `The function ${functionName} could not send to its destination ${destination}: ${(error as Error).message}`,
      );
    }
  }

  #drop(event: AsyncEvent, reason: string): void {
    this.#context.warn(
      `The asynchronous event ${event.requestId} of the function ${event.functionName} is lost after ${event.attempts} ` +
        `attempt(s): ${reason}. The function has neither an on-failure destination nor a dead letter queue that took it.`,
    );
    this.#forget(event.id);
  }

  #forget(id: number): void {
    this.#underWay.delete(id);
    this.#statements.remove.run(id);
  }
}
