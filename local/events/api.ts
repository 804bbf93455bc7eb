import { AwsError, type JsonObject } from '../contracts.ts';
import { archiveOperations } from './api/archives.ts';
import { busOperations } from './api/buses.ts';
import { eventOperations } from './api/events.ts';
import type { ApiParts, Operations } from './api/parts.ts';
import { replayOperations } from './api/replays.ts';
import { ruleOperations } from './api/rules.ts';
import { tagOperations } from './api/tags.ts';
import { targetOperations } from './api/targets.ts';

export type EventsApi = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** The operations of EventBridge that the runtime has, in the form of its wire protocol. They throw AwsError. */
export function eventsApi(parts: ApiParts): EventsApi {
  const operations: Operations = {
    ...eventOperations(parts),
    ...busOperations(parts),
    ...ruleOperations(parts),
    ...targetOperations(parts),
    ...tagOperations(parts),
    ...archiveOperations(parts),
    ...replayOperations(parts),
  };
  return async (operation, input) => {
    const carryOut = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!carryOut) {
      throw new AwsError('UnknownOperationException', `The embedded EventBridge has no operation ${operation}.`);
    }
    return carryOut(input);
  };
}
