import type { FunctionInvoker, ServiceContext } from '../contracts.ts';
import type { SqsService } from '../sqs/service.ts';
import { type SqsMapping, SqsPoller } from './sqs-poller.ts';

/** How long `close` waits for batches that a function is working on. */
const closeGraceMs = 300;

/** Lambda's event source mappings from SQS queues. Pollers sleep until their queue has something. */
export class SqsEventSource {
  readonly #ctx: ServiceContext;
  readonly #services: { readonly sqs: SqsService; readonly invoker: FunctionInvoker };
  readonly #pollers: SqsPoller[] = [];

  constructor(ctx: ServiceContext, services: { readonly sqs: SqsService; readonly invoker: FunctionInvoker }) {
    this.#ctx = ctx;
    this.#services = services;
  }

  /**
   * Begins to serve a mapping. Messages of the queue that are in flight become visible: the function that had them was
   * part of a process that is gone.
   */
  start(mapping: SqsMapping): void {
    if (!mapping.enabled) return;
    const poller = new SqsPoller(this.#ctx, this.#services, mapping);
    this.#pollers.push(poller);
    this.#services.sqs.release(mapping.queueArn);
    poller.wake();
  }

  /** Takes nothing new, and waits a moment for what is being worked on; the rest is received again after a restart. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, closeGraceMs);
    });
    await Promise.race([Promise.all(this.#pollers.map((poller) => poller.close())), grace]);
    clearTimeout(timer);
  }
}

export type { SqsMapping };
