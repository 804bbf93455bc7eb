/**
 * The table of what all function instances know together of our partners: what the adapters write and the infrastructure creates.
 * A partner has an entry for its circuit, and one for each of its instances.
 */
export const PARTNER_TABLES = {
  partners: { variable: 'PARTNERS_TABLE', partitionKey: 'partner', sortKey: 'entry' },
} as const;

export const CIRCUIT_ENTRY = 'circuit';
/** The calls that are under way, for a partner that gets so many at a time. */
export const SLOTS_ENTRY = 'slots';
/** The token bucket of a partner that gets so many calls a second. */
export const BUCKET_ENTRY = 'bucket';
export const INSTANCE_ENTRIES = 'instance#';
