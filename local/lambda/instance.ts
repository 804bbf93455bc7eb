import { url as debuggerUrl } from 'node:inspector';
import { getCompileCacheDir } from 'node:module';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EndpointAnswer, EndpointRequest } from '../contracts.ts';
import { present } from '../properties.ts';
import type { Shortcut } from '../shortcut.ts';
import { servedPort } from './endpoint-port.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { exited, failed, type Outcome, outOfMemory, timedOut } from './outcome.ts';
import type { FunctionFailure, InvokeMessage, WorkerData, WorkerMessage } from './protocol.ts';

/** Lambda gives the init phase 10 s, and afterwards the function's own timeout. */
const INIT_LIMIT_MS = 10_000;
/** A debugger may hold a function for as long as a person looks at it. */
const DEBUGGED_LIMIT_MS = 24 * 3_600_000;
const limitOf = (ms: number): number => (debuggerUrl() === undefined ? ms : DEBUGGED_LIMIT_MS);

export interface InstanceEnvironment {
  readonly env: Record<string, string>;
  /** The AWS endpoint as functions see it. Without `answer` SDK clients reach it over HTTP, as any other program does. */
  readonly endpoint: {
    readonly url: string;
    readonly answer?: (request: EndpointRequest) => Promise<EndpointAnswer>;
    readonly shortcut?: Shortcut<unknown, never>;
  };
}

export interface InstanceEvents {
  /** The handler is loaded, `initMs` after the start of the thread. */
  onReady(): void;
  /** The thread has ended, or will not take another invocation. `initFailure`: it never became ready. */
  onGone(initFailure?: FunctionFailure): void;
  /** @param requestId of the invocation that is under way */
  onLog(text: string, requestId?: string): void;
}

interface CurrentInvocation {
  readonly requestId: string;
  readonly startedAt: number;
  readonly timer: NodeJS.Timeout;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * One execution environment: a worker thread that runs one invocation of one function at a time. Timeouts are in
 * real time, because the code in the thread is.
 */
export class FunctionInstance {
  /** How long the start took; meaningful once ready. */
  initMs = 0;
  /** How many invocations have begun. */
  invocations = 0;
  idleSince = 0;
  readonly #definition: FunctionDefinition;
  readonly #events: InstanceEvents;
  readonly #onReport: (report: unknown) => void;
  readonly #worker: Worker;
  readonly #startedAt = performance.now();
  readonly #initTimer: NodeJS.Timeout;
  #ready = false;
  #gone = false;
  #initFailure: FunctionFailure | undefined;
  #exitReason: 'out-of-memory' | undefined;
  #current: CurrentInvocation | undefined;

  constructor(
    definition: FunctionDefinition,
    { env, endpoint: { url, answer, shortcut } }: InstanceEnvironment,
    events: InstanceEvents,
  ) {
    const { handlerFile, handlerExport, functionName, arn, memoryMb, timeoutMs } = definition;
    const port = answer && servedPort(answer);
    const workerData: WorkerData = {
      handlerFile,
      handlerExport,
      functionName,
      functionArn: arn,
      memoryMb,
      ...present({
        endpoint: port && {
          url,
          port,
          ...present({ shortcut: shortcut && { module: shortcut.module, data: shortcut.data } }),
        },
      }),
    };
    this.#definition = definition;
    this.#events = events;
    this.#onReport = (report) => shortcut?.onReport(report as never);
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name: functionName,
      workerData,
      ...present({ transferList: port && [port] }),
      // With the cache, Node finds the worker's own TypeScript stripped and compiled, too: to strip it in each thread would take 10 MB there.
      env: { ...env, ...present({ NODE_COMPILE_CACHE: compileCacheDir() }) },
      execArgv: [],
      stdout: true,
      stderr: true,
      // A young generation for the many short-lived objects of an SDK call: a smaller one is collected again and again, and a larger
      // one takes memory in each thread. V8's option --max-semi-space-size, where the process has it, comes before it.
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 12 },
    });
    this.#initTimer = setTimeout(
      () => {
        this.#initFailure = timedOut('init', Math.max(INIT_LIMIT_MS, timeoutMs));
        void this.terminate();
      },
      limitOf(Math.max(INIT_LIMIT_MS, timeoutMs)),
    );
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') this.#exitReason = 'out-of-memory';
      else this.#events.onLog(`ERROR\t${error.stack ?? error.message}\n`);
    });
    this.#worker.on('exit', (code) => this.#exit(code));
  }

  /** Settles when the handler has answered or failed, the timeout has passed or the thread has ended; never rejects. */
  invoke(requestId: string, event: string): Promise<Outcome> {
    const timeoutMs = limitOf(this.#definition.timeoutMs);
    this.invocations += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#events.onLog(
          `${new Date().toISOString()} ${requestId} Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds\n`,
          requestId,
        );
        void this.terminate();
        this.#settle(failed(timedOut(requestId, timeoutMs), timeoutMs));
      }, timeoutMs);
      this.#current = { requestId, startedAt: performance.now(), timer, settle: resolve };
      const message: InvokeMessage = { requestId, event, deadlineAt: Date.now() + timeoutMs };
      this.#worker.postMessage(message);
    });
  }

  /** Ends the thread at once, in the middle of an invocation if need be. */
  async terminate(): Promise<void> {
    this.#leave();
    await this.#worker.terminate();
  }

  #receive(message: WorkerMessage): void {
    for (const report of message.reports) this.#onReport(report);
    if (message.log !== '') this.#events.onLog(message.log, this.#current?.requestId);
    if (this.#gone) return;
    switch (message.kind) {
      case 'gathered':
        return;
      case 'ready':
        clearTimeout(this.#initTimer);
        this.#ready = true;
        this.initMs = performance.now() - this.#startedAt;
        return this.#events.onReady();
      case 'init-failed':
        this.#initFailure = JSON.parse(message.error) as FunctionFailure;
        return this.#leave();
      case 'unparsable':
        return this.#settle({ kind: 'unparsable', payload: '', durationMs: 0, processorMs: 0 });
      case 'dying':
        if (!this.#ready) this.#initFailure = JSON.parse(message.payload) as FunctionFailure;
        this.#leave();
        return this.#settle({ ...message, kind: 'failed' });
      case 'done':
      case 'failed':
        return this.#settle(message);
    }
  }

  #settle(outcome: Outcome): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    clearTimeout(current.timer);
    current.settle(outcome);
  }

  #exit(code: number): void {
    const { memoryMb } = this.#definition;
    const reasonOf = (requestId: string): FunctionFailure =>
      this.#exitReason === 'out-of-memory' ? outOfMemory(requestId, memoryMb) : exited(requestId, code);
    if (!this.#ready) this.#initFailure ??= reasonOf('init');
    this.#leave();
    const current = this.#current;
    if (current !== undefined) this.#settle(failed(reasonOf(current.requestId), performance.now() - current.startedAt));
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#initTimer);
    this.#events.onGone(this.#ready ? undefined : this.#initFailure);
  }
}

/** The folder of this thread's cache. Node names what lies in it by its own version, and adds that to any folder it is given. */
function compileCacheDir(): string | undefined {
  const dir = getCompileCacheDir();
  return dir === undefined ? undefined : path.dirname(dir);
}
