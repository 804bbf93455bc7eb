import type { Json } from '../contracts.ts';
import { present } from '../properties.ts';
import { Branch } from './branch.ts';
import type { InnerProgress, Position } from './commit-log.ts';
import { TaskFailure } from './failure.ts';

/** A branch inside a state. */
export interface Opening {
  /** Its place among the branches or items. */
  readonly index: number;
  /** For an item of a Map state: the name of the state, and the item that was worked on before by the same worker. */
  readonly item?: { readonly name: string; readonly value: Json; readonly after: Branch | undefined };
}

const rethrow = (failure: TaskFailure): never => {
  throw failure;
};

/** Types of states whose end from outside is in the history. */
const ABORTABLE = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/**
 * The branches that run inside one attempt of a Parallel or Map state: the first that fails ends the others. After a redrive those that have
 * succeeded before have their outputs, and the others go on where they stood.
 */
export class InnerBranches {
  readonly #outer: Branch;
  readonly #given: Json;
  readonly #left: InnerProgress | undefined;
  readonly #startedId: number;
  readonly #scope;
  readonly #branches = new Map<number, Branch>();
  readonly #outputs: ({ readonly output: Json } | undefined)[];
  /** Those that have not ended. */
  readonly #running = new Map<Branch, Opening>();
  #lastId: number;

  /** @param given the input of the branches, or the items; `count` of them */
  constructor(outer: Branch, given: Json, count: number) {
    const left = outer.progress;
    this.#outer = outer;
    this.#given = given;
    this.#left = left;
    this.#startedId = outer.previousId;
    this.#lastId = outer.previousId;
    this.#scope = outer.signal.child();
    this.#outputs = Array.from({ length: count }, (_, index) => {
      const before = left?.branches[index];
      return before && 'output' in before ? before : undefined;
    });
    outer.inner = this;
    outer.standing = { ...outer.standing!, inner: () => this.#progress() };
  }

  /** What a branch gave before the redrive; undefined for one that has to run. */
  outputOf(index: number): { readonly output: Json } | undefined {
    return this.#outputs[index];
  }

  /** Opens a branch that follows the start of the state, or, as an item after another one, the last event of that. */
  open(opening: Opening): Branch {
    const { index, item } = opening;
    const from = this.#leftOf(index);
    const branch = new Branch({
      run: this.#outer.run,
      signal: this.#scope.signal,
      previousId: item?.after?.previousId ?? this.#startedId,
      parent: this.#outer,
      from,
      ...present({ mapContext: item && { Item: { Index: index, Value: item.value } } }),
    });
    this.#running.set(branch, opening);
    this.#branches.set(index, branch);
    if (item && !from) {
      branch.record('MapIterationStarted', { mapIterationStartedEventDetails: { name: item.name, index } });
    }
    return branch;
  }

  /**
   * The outcome of a branch.
   * @param work is told where the branch goes on after a redrive
   * @param tolerate gives what stands for the value of a branch that failed; when it throws, all branches end
   */
  async run(
    branch: Branch,
    work: (from: Position | undefined) => Promise<Json>,
    tolerate: (failure: TaskFailure) => Json = rethrow,
  ): Promise<Json> {
    const { index } = this.#running.get(branch)!;
    let output: Json;
    try {
      output = await work(this.#leftOf(index));
    } catch (failure) {
      if (!(failure instanceof TaskFailure) || this.#scope.signal.stopped) throw failure;
      return this.#outcomeOfFailed(branch, () => tolerate(failure));
    }
    this.#outputs[index] = { output };
    this.#lastId = Math.max(this.#lastId, this.#tellEnd(branch, 'Succeeded', branch.previousId));
    return output;
  }

  #outcomeOfFailed(branch: Branch, tolerated: () => Json): Json {
    try {
      const value = tolerated();
      this.#lastId = Math.max(this.#lastId, this.#tellFailed(branch));
      return value;
    } catch (failure) {
      this.#fail(branch);
      throw failure;
    }
  }

  /** Notes that all branches are done. */
  succeed(event: 'ParallelStateSucceeded' | 'MapStateSucceeded'): void {
    this.#close();
    this.#outer.follow(this.#lastId);
    this.#outer.recordAside(event);
  }

  #fail(failed: Branch): void {
    this.#scope.signal.stop();
    this.#close();
    const failedId = failed.previousId;
    this.#outer.follow(failedId);
    this.#tellFailed(failed);
    this.abort(failedId);
  }

  #tellFailed(failed: Branch): number {
    const failedId = failed.previousId;
    const lastId = this.#tellEnd(failed, 'Failed', failedId);
    tellAborted(failed, failedId);
    return lastId;
  }

  /** Notes what ends with a failure outside; the history lets it follow the event of that failure. */
  abort(failedId: number): void {
    for (const branch of [...this.#running.keys()]) {
      this.#tellEnd(branch, 'Aborted', failedId);
      tellAborted(branch, failedId);
    }
  }

  #close(): void {
    this.#scope.release();
    this.#outer.inner = undefined;
  }

  #progress(): InnerProgress {
    const branches = Array.from(
      this.#outputs,
      (done, index) => done ?? this.#branches.get(index)?.redrivePosition ?? this.#leftOf(index) ?? null,
    );
    return { given: this.#given, branches };
  }

  #leftOf(index: number): Position | undefined {
    const before = this.#left?.branches[index];
    return before && !('output' in before) ? before : undefined;
  }

  /** Returns the last event of the branch. */
  #tellEnd(branch: Branch, how: 'Succeeded' | 'Failed' | 'Aborted', previousId: number): number {
    const { index, item } = this.#running.get(branch) ?? {};
    this.#running.delete(branch);
    if (!item) return previousId;
    return branch.run.record(previousId, `MapIteration${how}`, {
      [`mapIteration${how}EventDetails`]: { name: item.name, index: index! },
    });
  }
}

function tellAborted({ inner, inside, run }: Branch, failedId: number): void {
  inner?.abort(failedId);
  if (inside !== undefined && ABORTABLE.has(inside)) run.record(failedId, `${inside}StateAborted`, {});
}
