import { AwsError, type Clock } from '../contracts.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { FunctionInstance, type InstanceEnvironment } from './instance.ts';
import { failed, type Outcome } from './outcome.ts';
import type { FunctionFailure } from './protocol.ts';

/**
 * A function that has workers gets another one when an invocation waits and no worker has become free for this long (they
 * are stuck, for instance on a partner that does not answer), or when the wait itself is long (there is too much to do).
 * It gets none while the processors are busy: the new worker would compete for them, and would first compile its code.
 * After the longest wait it gets one even then, unless its workers go on becoming free: a cold start is a queue that moves.
 * See docs/decisions/0009-more-workers-do-not-help-busy-processors.md and docs/decisions/0103-a-queue-that-moves-gets-no-further-worker.md.
 */
const STUCK_AFTER_MS = 150;
const LONG_WAIT_MS = 500;
const LONGEST_WAIT_MS = 2_000;
/** As on Lambda, a function that nobody calls keeps no memory, and its next call starts it again. */
const IDLE_LIMIT_MS = 5 * 60_000;
/**
 * A worker beside another one is there for a burst or for a partner that was slow, and one that has had little to do will not be missed: a function
 * that runs once a minute starts in a tenth of a second, and would hold some 20 MB for the rest of the minute.
 */
const SPARE_LIMIT_MS = 10_000;
/** So many invocations are little to do. */
const FEW_INVOCATIONS = 2;

export interface PoolOptions {
  readonly clock: Clock;
  /** Workers of this function when it has no reserved concurrency. */
  readonly softCap: number;
  readonly instanceEnvironment: () => InstanceEnvironment;
  /** Gets the id of the invocation that wrote it, if one did. */
  readonly onLog: (text: string, requestId?: string) => void;
  /** Whether the machine has processor time to spare. */
  readonly hasIdleCpu: () => boolean;
}

/** An outcome, and the init that it had to wait for. */
export type PooledOutcome = Outcome & { readonly initMs?: number };

interface Waiting {
  readonly requestId: string;
  readonly event: string;
  readonly since: number;
  readonly resolve: (outcome: PooledOutcome) => void;
  readonly reject: (error: AwsError) => void;
}

/**
 * The workers of one function. An invocation takes the worker that was idle last; without one it waits, first come
 * first served, for whichever is ready first: a busy worker or a new one, of which at most one starts at a time.
 *
 * With reserved concurrency, an invocation beyond it is refused as Lambda does. Without, the number of workers is
 * limited by `softCap` and further invocations queue: a machine has fewer cores than Lambda. A function that invokes
 * itself and waits for the answer can therefore wait for ever (until its timeout) here.
 */
export class FunctionPool {
  readonly #definition: FunctionDefinition;
  readonly #options: PoolOptions;
  readonly #cap: number;
  readonly #instances = new Set<FunctionInstance>();
  readonly #idle: FunctionInstance[] = [];
  readonly #queue: Waiting[] = [];
  #running = 0;
  #lastFreedAt = 0;
  #starting: FunctionInstance | undefined;
  #cancelImpatience: (() => void) | undefined;
  #cancelReaper: (() => void) | undefined;
  #retired = false;
  #closed = false;

  constructor(definition: FunctionDefinition, options: PoolOptions) {
    this.#definition = definition;
    this.#options = options;
    this.#cap = definition.reservedConcurrency ?? options.softCap;
  }

  /** How many workers there are, starting ones included. */
  get size(): number {
    return this.#instances.size;
  }

  /** @throws AwsError `TooManyRequestsException` beyond the reserved concurrency, `ServiceException` when closed. */
  invoke(requestId: string, event: string): Promise<PooledOutcome> {
    const { functionName, reservedConcurrency } = this.#definition;
    if (this.#closed) return Promise.reject(closing());
    if (reservedConcurrency !== undefined && this.#running + this.#queue.length >= reservedConcurrency) {
      return Promise.reject(
        new AwsError(
          'TooManyRequestsException',
          `Rate Exceeded: ${functionName} has a reserved concurrency of ${reservedConcurrency}.`,
          429,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ requestId, event, since: this.#options.clock.now(), resolve, reject });
      this.#serve();
    });
  }

  /** Gets nothing new from now on: what it has been given is done, and each worker ends when nothing is left for it. */
  retire(): void {
    this.#retired = true;
    this.#endIdle();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelImpatience?.();
    this.#cancelReaper?.();
    for (const waiting of this.#queue.splice(0)) waiting.reject(closing());
    await Promise.all([...this.#instances].map((instance) => instance.terminate()));
  }

  #serve(): void {
    while (this.#queue.length > 0 && this.#idle.length > 0) void this.#run(this.#idle.pop()!, this.#queue.shift()!);
    this.#scaleUp();
  }

  async #run(instance: FunctionInstance, { requestId, event, resolve }: Waiting): Promise<void> {
    const cold = instance.invocations === 0;
    this.#running += 1;
    const outcome = await instance.invoke(requestId, event);
    this.#running -= 1;
    if (this.#instances.has(instance)) this.#rest(instance);
    resolve(cold ? { ...outcome, initMs: instance.initMs } : outcome);
  }

  #rest(instance: FunctionInstance): void {
    instance.idleSince = this.#options.clock.now();
    this.#lastFreedAt = instance.idleSince;
    this.#idle.push(instance);
    this.#serve();
    if (this.#retired) this.#endIdle();
    this.#reapLater();
  }

  #endIdle(): void {
    for (const instance of [...this.#idle]) void instance.terminate();
  }

  #scaleUp(): void {
    const head = this.#queue[0];
    if (head === undefined || this.#starting !== undefined || this.#instances.size >= this.#cap || this.#closed) return;
    const patienceLeft = this.#instances.size === 0 ? 0 : this.#patienceLeft(head);
    if (patienceLeft <= 0) return this.#start();
    const { clock } = this.#options;
    this.#cancelImpatience ??= clock.at(clock.now() + patienceLeft, () => {
      this.#cancelImpatience = undefined;
      this.#scaleUp();
    });
  }

  /** Milliseconds for which the head of the queue goes on waiting for the workers that there are. */
  #patienceLeft({ since }: Waiting): number {
    const now = this.#options.clock.now();
    const left = Math.min(Math.max(since, this.#lastFreedAt) + STUCK_AFTER_MS, since + LONG_WAIT_MS) - now;
    if (left > 0 || this.#options.hasIdleCpu()) return left;
    return Math.min(STUCK_AFTER_MS, Math.max(since + LONGEST_WAIT_MS, this.#lastFreedAt + LONG_WAIT_MS) - now);
  }

  #start(): void {
    const instance: FunctionInstance = new FunctionInstance(this.#definition, this.#options.instanceEnvironment(), {
      onLog: this.#options.onLog,
      onReady: () => {
        this.#starting = undefined;
        this.#rest(instance);
      },
      onGone: (initFailure) => {
        this.#forget(instance);
        if (initFailure !== undefined) this.#failNext(initFailure);
        if (!this.#closed) this.#scaleUp();
      },
    });
    this.#instances.add(instance);
    this.#starting = instance;
  }

  #forget(instance: FunctionInstance): void {
    this.#instances.delete(instance);
    if (this.#starting === instance) this.#starting = undefined;
    const index = this.#idle.indexOf(instance);
    if (index >= 0) this.#idle.splice(index, 1);
  }

  /** One failed start fails the one invocation that has waited longest; the next one gets a start of its own. */
  #failNext(failure: FunctionFailure): void {
    this.#options.onLog(`ERROR\tInit Error\t${JSON.stringify(failure)}\n`);
    this.#queue.shift()?.resolve(failed(failure, 0));
  }

  #reapLater(): void {
    if (this.#cancelReaper !== undefined || this.#instances.size === 0 || this.#closed) return;
    const { clock } = this.#options;
    this.#cancelReaper = clock.at(clock.now() + SPARE_LIMIT_MS, () => {
      this.#cancelReaper = undefined;
      this.#reap(clock.now());
      this.#reapLater();
    });
  }

  /** Ends what has been idle for long, the longest first; the last worker of a function that is in use stays longer than the others. */
  #reap(now: number): void {
    for (const instance of [...this.#idle]) {
      const isSpare = this.#instances.size > 1 || instance.invocations <= FEW_INVOCATIONS;
      const limit = isSpare ? SPARE_LIMIT_MS : IDLE_LIMIT_MS;
      if (now - instance.idleSince >= limit) void instance.terminate();
    }
  }
}

const closing = (): AwsError => new AwsError('ServiceException', 'The runtime is closing.', 500);
