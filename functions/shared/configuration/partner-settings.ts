import { type Configuration, PARTNER_DEFAULTS } from './document.ts';
import { type Json, merged } from './merged.ts';

type PartnerGroup = Configuration['partners'][string];

/** All settings for calls to one partner. */
export type PartnerSettings = Omit<PartnerGroup, 'breaker' | 'retry'> & {
  readonly breaker: Configuration['breaker'];
  readonly retry: Pick<Configuration['retry'], 'transient' | 'connection'>;
};

/** The partner's own settings, over those of all partners. */
export function settingsOfPartner({ partners, breaker, retry }: Configuration, partner: string): PartnerSettings {
  const { transient, connection } = retry;
  const own = partners[partner] ?? PARTNER_DEFAULTS;
  return merged({ breaker, retry: { transient, connection } }, own as Json) as unknown as PartnerSettings;
}
