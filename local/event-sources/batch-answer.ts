import type { InvocationResult, Json } from '../contracts.ts';

/**
 * Which messages of a batch a function with ReportBatchItemFailures did not process. As Lambda documents it, null and
 * an empty object or list mean none; an answer that cannot be read, or that names a message which is not in the batch,
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
