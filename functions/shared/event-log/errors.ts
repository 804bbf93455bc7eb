import { DEFECT, type ErrorRows } from '../kernel/error-class.ts';
import { WaybillError } from '../kernel/errors.ts';

/** The errors of the event log. */
export const EVENT_LOG_ERRORS = { UnknownEventVersion: DEFECT, EventRefused: DEFECT } as const satisfies ErrorRows;

/** An event of a type or a version that only newer code can read: the function is older than the event. */
export class UnknownEventVersion extends WaybillError {
  override readonly name = 'UnknownEventVersion';
  override readonly errorClass = EVENT_LOG_ERRORS.UnknownEventVersion;
}

/** A message tells of an event that the order's log does not have, or that its consumer is not for. Nothing was done. */
export class EventRefused extends WaybillError {
  override readonly name = 'EventRefused';
  override readonly errorClass = EVENT_LOG_ERRORS.EventRefused;
}
