import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';

/** The settings of recovery as they are by default. */
export const defaultSettings = async () => DEFAULT_CONFIGURATION.recovery;
