/** Tries to read the configuration that failed: the last good one stays in force. */
export const CONFIGURATION_UNAVAILABLE = { name: 'ConfigurationUnavailable', unit: 'Count' } as const;
/** Versions of the configuration that a function found wrong: the last good one stays in force. */
export const CONFIGURATION_REFUSED = { name: 'ConfigurationRefused', unit: 'Count' } as const;
