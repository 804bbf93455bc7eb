/** Orders that wait, by the dimension `Partner`. */
export const ORDERS_WAITING = { name: 'OrdersWaiting', unit: 'Count' } as const;
/** Waiting orders that went on; by the dimension `Partner`. */
export const ORDERS_RELEASED = { name: 'OrdersReleased', unit: 'Count' } as const;
/** For how long the longest of the orders that are next has waited. */
export const OLDEST_WAIT = { name: 'OldestWait', unit: 'Milliseconds' } as const;
/** Orders whose forward step waited for too long: they are cancelled, or keep their items. */
export const ORDERS_GIVEN_UP = { name: 'OrdersGivenUp', unit: 'Count' } as const;
/** Waiting orders that could not be let go on, although they may. */
export const RELEASES_FAILED = { name: 'ReleasesFailed', unit: 'Count' } as const;
/** Tasks that are not resolved. */
export const TASKS_UNRESOLVED = { name: 'TasksUnresolved', unit: 'Count' } as const;
/** Overdue tasks that operators are to be reminded of now. */
export const TASK_REMINDERS = { name: 'TaskReminders', unit: 'Count' } as const;
/** Tasks that are escalated and not resolved. */
export const TASKS_ESCALATED = { name: 'TasksEscalated', unit: 'Count' } as const;
/** Orders that nothing worked at, whatever was done about them; also by the dimension `Found`. */
export const ORDERS_WITHOUT_PROGRESS = { name: 'OrdersWithoutProgress', unit: 'Count' } as const;
