/** Sends the spans of a running instance to a collector, from the functions' logs. */
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { LogFolder } from '../logs/log-folder.ts';
import { assembled } from './assembled.ts';
import { spansOfExecution } from './saga-spans.ts';
import { spansOf, type TraceSpan } from './trace-span.ts';

const LOOK_EVERY_MS = 1_000;
/** An order is at work in bursts: what belongs together is sent together, so that steps are under the states of their sagas. */
const QUIET_MS = 3_000;

export interface SpanExportOptions {
  readonly logs: Pick<LogFolder, 'added'>;
  readonly sfn: SFNClient;
  readonly send: (spans: readonly TraceSpan[]) => Promise<void>;
  readonly warn: (message: string) => void;
  readonly now?: () => number;
}

/** What is known of one trace and not sent yet. */
interface Unsent {
  readonly spans: TraceSpan[];
  lastAt: number;
}

export class SpanExport {
  readonly #options: SpanExportOptions;
  readonly #now: () => number;
  readonly #unsent = new Map<string, Unsent>();
  /** ARNs of executions that have ended, by trace. */
  readonly #ended = new Map<string, Set<string>>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(options: SpanExportOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Looks for new spans until it is closed. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.look().finally(() => {
        if (this.#timer !== undefined) this.start();
      });
    }, LOOK_EVERY_MS);
  }

  /** An execution has ended whose name begins with its order's id. */
  executionEnded(executionArn: string, traceId: string): void {
    const known = this.#ended.get(traceId);
    if (known) known.add(executionArn);
    else this.#ended.set(traceId, new Set([executionArn]));
  }

  /** Takes what was logged since the last look, and sends the traces that have become quiet. */
  async look(quietMs = QUIET_MS): Promise<void> {
    const now = this.#now();
    for await (const line of this.#options.logs.added((text) => text.includes('"span":'))) {
      for (const span of spansOf(line)) this.#keep(span, now);
    }
    const quiet = [...this.#unsent].filter(([, { lastAt }]) => now - lastAt >= quietMs);
    const spans: TraceSpan[] = [];
    for (const [traceId, unsent] of quiet) {
      this.#unsent.delete(traceId);
      spans.push(...assembled(unsent.spans, await this.#sagas(traceId, now)));
    }
    if (spans.length > 0) await this.#send(spans);
  }

  /** Sends everything that is left. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#looking;
    await this.look(0);
  }

  #keep(span: TraceSpan, now: number): void {
    const unsent = this.#unsent.get(span.traceId) ?? { spans: [], lastAt: now };
    unsent.spans.push(span);
    unsent.lastAt = now;
    this.#unsent.set(span.traceId, unsent);
  }

  async #sagas(traceId: string, now: number): Promise<TraceSpan[]> {
    const arns = [...(this.#ended.get(traceId) ?? [])];
    this.#ended.delete(traceId);
    return (await Promise.all(arns.map((arn) => spansOfExecution(arn, this.#options.sfn, now).catch(() => [])))).flat();
  }

  async #send(spans: readonly TraceSpan[]): Promise<void> {
    try {
      await this.#options.send(spans);
      this.#isFailing = false;
    } catch (error) {
      // Once: while the collector is away, each look would say the same.
      if (!this.#isFailing) this.#options.warn(`Spans are lost: ${(error as Error).message}`);
      this.#isFailing = true;
    }
  }
}
