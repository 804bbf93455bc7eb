/** How an event of Step Functions' history is shown. */
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { ExecutionEvent } from '../application/execution-ports.ts';

/** Whoever has the token of a task may answer it. */
const TOKEN = /("task_?token\\*"\s*:\s*\\*")[^"\\]*/gi;

/** `details` are those of the event's own kind: AWS has a field for each, such as `taskFailedEventDetails`. */
export function eventOf({ id, previousEventId = 0, type, timestamp, ...others }: HistoryEvent): ExecutionEvent {
  const details = Object.values(others).find((value) => typeof value === 'object' && value !== null);
  const { name, ...said } = withoutTokens({ ...details });
  const isOfState = /State(Entered|Exited)$/.test(type!);
  const kept = isOfState ? said : { ...(name === undefined ? {} : { name }), ...said };
  return {
    id: id!,
    previousId: previousEventId,
    type: type!,
    at: timestamp!.toISOString(),
    ...(isOfState && typeof name === 'string' ? { state: name } : {}),
    ...(Object.keys(kept).length > 0 ? { details: kept } : {}),
  };
}

const withoutTokens = (details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(details)
      .filter(([, value]) => !saysThatAllIsThere(value))
      .map(([name, value]) => [name, typeof value === 'string' ? value.replaceAll(TOKEN, '$1(hidden)') : value]),
  );

/** Beside each text is whether it was cut. */
const saysThatAllIsThere = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'truncated' in value && value.truncated === false;
