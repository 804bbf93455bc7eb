/** The table of recovery: what the adapters write and the infrastructure creates. */
export const RECOVERY_TABLES = {
  /**
   * The waits of each order (`ORDER#<orderId>`, by step), and the timer of each partner's keeper (`PARTNER#<partner>`). The
   * indexes have the waits whose execution waits, by partner.
   */
  recoveryWaits: {
    variable: 'RECOVERY_WAITS_TABLE',
    partitionKey: 'subject',
    sortKey: 'entry',
    timeToLive: 'expires',
    indexes: {
      byReadiness: { partitionKey: 'waitingFor', sortKey: 'readyAt', attributes: ['since', 'deadline', 'heldBy'] },
      byDeadline: { partitionKey: 'waitingFor', sortKey: 'deadline', attributes: ['since', 'readyAt', 'heldBy'] },
    },
  },
} as const;
