/** Tries to read the configuration that failed: the last good one stays in force. */
export const CONFIGURATION_UNAVAILABLE = { name: 'ConfigurationUnavailable', unit: 'Count' } as const;
/** Versions of the configuration, or overrides of the deployment, that a function found wrong: what was good stays in force. */
export const CONFIGURATION_REFUSED = { name: 'ConfigurationRefused', unit: 'Count' } as const;
