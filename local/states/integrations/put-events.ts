import { AwsError, type JsonObject } from '../../contracts.ts';
import { TaskFailure } from '../failure.ts';
import type { TaskIntegration } from '../integration.ts';

/** How events get to EventBridge: PutEvents with the entries as on the wire (`Detail` is JSON text). */
export type PutEvents = (entries: JsonObject[]) => Promise<JsonObject>;

/** `arn:aws:states:::events:putEvents`: `{Entries}`, where `Detail` may be an object → `{Entries, FailedEntryCount}`. */
export const putEvents =
  (put: PutEvents): TaskIntegration =>
  async (args) => {
    const { Entries = [] } = args as { readonly Entries?: JsonObject[] };
    const entries = Entries.map((entry) => ({
      ...entry,
      Detail: typeof entry.Detail === 'string' ? entry.Detail : JSON.stringify(entry.Detail),
    }));
    const answer = await put(entries).catch((error: unknown) => {
      throw error instanceof AwsError
        ? new TaskFailure(`EventBridge.${error.code}`, error.message)
        : new TaskFailure('EventBridge.SdkClientException', error instanceof Error ? error.message : String(error));
    });
    // The integration fails when the bus refused an entry, so nothing is lost without a Retry or Catch seeing it.
    if (answer.FailedEntryCount !== 0) throw new TaskFailure('EventBridge.FailedEntry', JSON.stringify(answer));
    return answer;
  };
