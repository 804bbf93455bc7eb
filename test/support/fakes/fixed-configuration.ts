import { type Configuration, DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';
import { type Json, merged } from '../../../functions/shared/configuration/merged.ts';
import type { ConfigurationSource } from '../../../functions/shared/configuration/port.ts';

type DeepPartial<T> = T extends object ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> } : T;

/** A configuration that stays as it is: the defaults with these settings over them. */
export function fixedConfiguration(settings: DeepPartial<Configuration> = {}): ConfigurationSource {
  const configuration = merged(DEFAULT_CONFIGURATION as Json, settings as Json) as unknown as Configuration;
  return { current: async () => configuration };
}
