/**
 * The table of what all function instances know together of our partners: what the adapters write and the infrastructure creates.
 * A partner has an entry for its circuit, one for each of its instances, and one for the timer that wakes the orders that wait for it.
 */
export const PARTNER_TABLES = {
  partners: { variable: 'PARTNERS_TABLE', partitionKey: 'partner', sortKey: 'entry' },
} as const;

export const CIRCUIT_ENTRY = 'circuit';
export const TIMER_ENTRY = 'timer';
export const INSTANCE_ENTRIES = 'instance#';
