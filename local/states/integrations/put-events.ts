import type { JsonObject } from '../../contracts.ts';
import { TaskFailure } from '../failure.ts';
import type { TaskCaller, TaskIntegration } from '../integration.ts';
import { jsonMetadata, serviceFailure } from './sdk.ts';

/** How events get to EventBridge: PutEvents with the entries as on the wire (`Detail` is JSON text). */
export type PutEvents = (entries: JsonObject[], caller: TaskCaller) => Promise<JsonObject>;

/** Access denied and refused requests have names of their own here, unlike with other services. */
const NAMES = { prefix: 'EventBridge', client: 'AmazonEventBridge' };

/** `arn:aws:states:::events:putEvents`: `{Entries}`, where `Detail` may be an object → `{Entries, FailedEntryCount}` and what the SDK tells of the answer. */
export const putEvents =
  (put: PutEvents): TaskIntegration =>
  async (args, caller) => {
    const { Entries = [] } = args as { readonly Entries?: JsonObject[] };
    const entries = Entries.map((entry) => ({
      ...entry,
      Detail: typeof entry.Detail === 'string' ? entry.Detail : JSON.stringify(entry.Detail),
    }));
    const answer = await put(entries, caller).catch((error: unknown) => {
      throw serviceFailure(error, NAMES, caller.generators.newId());
    });
    // The integration fails when the bus refused an entry, so nothing is lost without a Retry or Catch seeing it.
    if (answer.FailedEntryCount !== 0) throw new TaskFailure('EventBridge.FailedEntry', JSON.stringify(answer));
    return { ...answer, ...jsonMetadata(answer, 'application/x-amz-json-1.1', caller.generators) };
  };
