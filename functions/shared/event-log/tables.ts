/**
 * Key names of the tables that every event log is kept in. The id field of its aggregate is the partition key of the log and
 * of the snapshots.
 */
export const VERSION_KEY = 'version';
export const COMMAND_KEY = 'commandId';
