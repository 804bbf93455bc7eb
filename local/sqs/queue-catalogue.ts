import type { ServiceContext } from '../contracts.ts';
import { Declared } from '../declared.ts';
import { StoredDefinitions } from '../stored-definitions.ts';
import type { QueueDefinition } from './queue.ts';
import type { StandardQueues } from './standard-queues.ts';

/**
 * Who has made which queue. Those that clients make are stored, and are there at the next start before the app's own are declared; what
 * clients change of the app's own holds until then.
 */
export class QueueCatalogue {
  readonly #context: ServiceContext;
  readonly #queues: StandardQueues;
  readonly #declared: Declared;
  readonly #stored: StoredDefinitions<QueueDefinition>;

  constructor(context: ServiceContext, queues: StandardQueues) {
    this.#context = context;
    this.#queues = queues;
    this.#declared = new Declared(context.warn);
    this.#stored = new StoredDefinitions(context.store, 'sqs_queues');
    for (const queue of this.#stored.all()) queues.define(queue);
  }

  /** For the app. @throws Error for a FIFO queue */
  define(queue: QueueDefinition): void {
    const now = this.#context.clock.now();
    this.#queues.define({ ...queue, createdAt: now, updatedAt: now });
    this.#declared.add(queue.arn);
  }

  /** Creates or changes a queue for a client. */
  put(queue: QueueDefinition): void {
    const now = this.#context.clock.now();
    const stamped = { ...queue, createdAt: queue.createdAt ?? now, updatedAt: now };
    if (this.#declared.has(queue.arn)) this.#declared.warnOfChange(queue.arn);
    else this.#stored.put(queue.arn, stamped);
    this.#queues.define(stamped);
  }

  /** With its messages. @throws AwsError `UnsupportedOperation` for a queue of the app */
  remove(arn: string): void {
    this.#declared.refuseDeletion(arn, 'UnsupportedOperation');
    this.#stored.remove(arn);
    this.#queues.undefine(arn);
  }
}
