/** Messages that are not what the order's log says, or that their consumer is not for: none of them had an effect. */
export const EVENTS_REFUSED = { name: 'EventsRefused', unit: 'Count' } as const;
