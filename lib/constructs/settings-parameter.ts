/** The parameter with a digest of all others, which `npm run deploy` sets. */
export const SETTINGS_DIGEST = 'SettingsDigest';
