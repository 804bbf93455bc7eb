import type { Deliver, FunctionInvoker, InvocationResult, Json, JsonObject } from './contracts.ts';
import type { Resource } from './resource.ts';

/** A source of events for functions: what a service offers to `AWS::Lambda::EventSourceMapping`. */
export interface EventSource {
  /** What the poller does in the name of the function, and so what the role of the function must allow. */
  readonly actions: readonly string[];
  /**
   * Reads a mapping. Returns what starts its poller, to be called when every resource is made.
   * @throws Error for properties that this runtime does not have
   */
  map(mapping: Resource): (target: EventTarget) => Poller;
  /** @throws AwsError when there is no such source */
  check(sourceArn: string): Promise<void>;
  /** Forgets how far a mapping is that was deleted. */
  forget?(sourceArn: string, functionArn: string): void;
}

/** The function that a mapping is for. */
export interface EventTarget {
  readonly functionArn: string;
  readonly invoker: FunctionInvoker;
  /** Delivers to the destination of what the function failed on. */
  readonly deliver: Deliver;
}

/** Hands events over to a function until it is closed. */
export interface Poller {
  /** Takes nothing new. Resolves when nothing is under way, or when that takes long; the next run does it again. */
  close(): Promise<void>;
}

/** Whether a function answers which items of a batch it did not process (`ReportBatchItemFailures`). */
export const reportsItemFailures = ({ FunctionResponseTypes }: JsonObject): boolean =>
  Array.isArray(FunctionResponseTypes) && FunctionResponseTypes.includes('ReportBatchItemFailures');

/**
 * The items of a batch that a function with ReportBatchItemFailures did not process. As Lambda documents it, null and
 * an empty object or list mean none; an answer that cannot be read, or that names an item which is not in the batch,
 * means all of them.
 */
export function failedItems(answer: InvocationResult, itemIds: readonly string[]): ReadonlySet<string> {
  const all = new Set(itemIds);
  if (answer.functionError !== undefined) return all;
  const value = JSON.parse(answer.payload) as Json;
  if (value === null) return new Set();
  if (typeof value !== 'object' || Array.isArray(value)) return all;
  const failures = value['batchItemFailures'] ?? [];
  if (!Array.isArray(failures)) return all;
  const failed = new Set<string>();
  for (const failure of failures) {
    const id =
      typeof failure === 'object' && failure !== null && !Array.isArray(failure)
        ? failure['itemIdentifier']
        : undefined;
    if (typeof id !== 'string' || !all.has(id)) return all;
    failed.add(id);
  }
  return failed;
}
