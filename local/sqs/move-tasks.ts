import { AwsError, type ServiceContext } from '../contracts.ts';
import { transaction } from '../store.ts';
import { StoredDefinitions } from '../stored-definitions.ts';
import type { StandardQueues } from './standard-queues.ts';

const STEP_MS = 1_000;

export interface MoveRequest {
  readonly sourceArn: string;
  /** @default back to where each message came from */
  readonly destinationArn?: string;
  /** @default all at once */
  readonly perSecond?: number;
}

export interface MoveTask extends MoveRequest {
  readonly handle: string;
  readonly startedAt: number;
  readonly toMove: number;
  readonly moved: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly reason?: string;
}

/** Tasks that move messages out of dead-letter queues; a restart goes on with them. */
export class MoveTasks {
  readonly #context: ServiceContext;
  readonly #queues: StandardQueues;
  readonly #stored: StoredDefinitions<MoveTask>;
  readonly #tasks: Map<string, MoveTask>;
  readonly #timers = new Map<string, () => void>();

  constructor(context: ServiceContext, queues: StandardQueues) {
    this.#context = context;
    this.#queues = queues;
    this.#stored = new StoredDefinitions(context.store, 'sqs_move_tasks');
    this.#tasks = new Map(this.#stored.all().map((task) => [task.handle, task]));
  }

  /** Without a rate, all is moved when this returns. @throws AwsError for a queue that does not exist, is no dead-letter queue, or has a task */
  start(request: MoveRequest): MoveTask {
    const { sourceArn, destinationArn } = request;
    const toMove = this.#queues.counts(sourceArn).visible;
    if (destinationArn !== undefined) this.#queues.definitionOf(destinationArn);
    if (!this.#queues.definitions().some(({ redrive }) => redrive?.deadLetterArn === sourceArn)) {
      throw new AwsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
    }
    if (this.of(sourceArn).some(({ status }) => status === 'RUNNING')) {
      throw new AwsError(
        'InvalidParameterValue',
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const { clock, newId } = this.#context;
    const handle = Buffer.from(JSON.stringify({ taskId: newId(), sourceArn })).toString('base64');
    this.#step({ ...request, handle, startedAt: clock.now(), toMove, moved: 0, status: 'RUNNING' });
    return this.#tasks.get(handle)!;
  }

  /** What is moved stays moved. @throws AwsError `ResourceNotFoundException` */
  cancel(handle: string): MoveTask {
    const task = this.#tasks.get(handle);
    if (task?.status !== 'RUNNING') {
      throw new AwsError('ResourceNotFoundException', 'No running task has this TaskHandle.', 404);
    }
    this.#timers.get(handle)?.();
    this.#timers.delete(handle);
    return this.#put({ ...task, status: 'CANCELLED' });
  }

  /** The newest first. */
  of(sourceArn: string): MoveTask[] {
    const own = [...this.#tasks.values()].filter((task) => task.sourceArn === sourceArn);
    return own.sort((one, other) => other.startedAt - one.startedAt);
  }

  resume(): void {
    for (const task of this.#tasks.values()) if (task.status === 'RUNNING') this.#step(task);
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #step(task: MoveTask): void {
    const { sourceArn, destinationArn, perSecond, handle } = task;
    const { clock, store } = this.#context;
    let moved = 0;
    try {
      transaction(store, () => {
        moved = this.#queues.moveMessages(sourceArn, destinationArn, perSecond);
        const isDone = perSecond === undefined || moved < perSecond || task.moved + moved >= task.toMove;
        this.#put({ ...task, moved: task.moved + moved, status: isDone ? 'COMPLETED' : 'RUNNING' });
      });
    } catch (error) {
      if (!(error instanceof AwsError) || error.status >= 500) throw error;
      this.#put({ ...task, status: 'FAILED', reason: error.code });
    }
    if (this.#tasks.get(handle)!.status !== 'RUNNING') return;
    this.#timers.set(
      handle,
      clock.at(clock.now() + STEP_MS, () => {
        this.#timers.delete(handle);
        this.#step(this.#tasks.get(handle)!);
      }),
    );
  }

  #put(task: MoveTask): MoveTask {
    this.#stored.put(task.handle, task);
    this.#tasks.set(task.handle, task);
    return task;
  }
}
