import type { ExecutionEvent } from '../api/types.ts';

export interface ExecutionRow {
  readonly event: ExecutionEvent;
  /** The state that the execution was in; absent before the first and after the last. */
  readonly state?: string;
  /** The error of an attempt that failed. */
  readonly error?: string;
  /** Since the event before, in milliseconds; absent for the first. */
  readonly afterMs?: number;
}

/**
 * What is shown of each event. Only entering and leaving name a state: what lies between belongs to it.
 * @param events oldest first, from the beginning
 */
export function rowsOf(events: readonly ExecutionEvent[]): readonly ExecutionRow[] {
  const stateAt = new Map<number, string | undefined>();
  return events.map((event, index) => {
    const isExit = event.type.endsWith('StateExited');
    const state = event.state ?? stateAt.get(event.previousId);
    stateAt.set(event.id, isExit ? undefined : state);
    const before = events[index - 1];
    const error = event.details?.['error'];
    return {
      event,
      ...(state === undefined ? {} : { state }),
      ...(typeof error === 'string' ? { error } : {}),
      ...(before ? { afterMs: Date.parse(event.at) - Date.parse(before.at) } : {}),
    };
  });
}

/** A text of the history that is JSON is shown as what it says. */
export function shownDetails(details: Readonly<Record<string, unknown>>): string {
  const read = Object.fromEntries(Object.entries(details).map(([name, value]) => [name, parsed(value)]));
  return JSON.stringify(read, undefined, 2);
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
