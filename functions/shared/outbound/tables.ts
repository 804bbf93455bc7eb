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

/**
 * The waits of each order (`ORDER#<orderId>`, by step), the timer of each partner's keeper (`PARTNER#<partner>`), and
 * how far the pass over all orders is (`SWEEP`). The
 * indexes have the waits whose execution waits, by partner.
 */
export const WAITS_TABLE = {
  variable: 'RECOVERY_WAITS_TABLE',
  partitionKey: 'subject',
  sortKey: 'entry',
  timeToLive: 'expires',
  indexes: {
    byReadiness: { partitionKey: 'waitingFor', sortKey: 'readyAt', attributes: ['since', 'deadline', 'heldBy'] },
    byDeadline: { partitionKey: 'waitingFor', sortKey: 'deadline', attributes: ['since', 'readyAt', 'heldBy'] },
  },
} as const;
