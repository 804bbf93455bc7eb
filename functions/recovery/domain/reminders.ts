/** When operators are reminded of a task. */

export interface ReminderSettings {
  /** From opening a task until it is due; it is escalated when it is overdue for as long again. */
  readonly taskDueSeconds: number;
  /** Between two reminders of one task. */
  readonly reminderSeconds: number;
}

/** How often reminders are looked at, in seconds: a reminder is due in one of these intervals. */
export const REMINDER_INTERVAL_SECONDS = 300;

/**
 * Whether operators are to be reminded of a task now: when it is due, and at every `reminderSeconds` after that.
 * @param overdueMs for how long it is overdue at the end of the interval, in milliseconds; negative before it is due
 */
export function isReminded(overdueMs: number, { reminderSeconds }: ReminderSettings): boolean {
  const remindersUntil = (ms: number): number => Math.max(0, Math.floor(ms / (reminderSeconds * 1_000)) + 1);
  return remindersUntil(overdueMs) > remindersUntil(overdueMs - REMINDER_INTERVAL_SECONDS * 1_000);
}

/** Whether a task is overdue for so long that an operator with more authority has to look at it. */
export const isToEscalate = (overdueMs: number, { taskDueSeconds }: ReminderSettings): boolean =>
  overdueMs >= taskDueSeconds * 1_000;
