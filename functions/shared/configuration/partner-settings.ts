import { type Configuration, DEFAULT_CONFIGURATION, PARTNER_DEFAULTS } from './document.ts';
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
  // A partner may have a part of the rule by shares where the others have none.
  const failureRate =
    breaker.failureRate ?? (own.breaker?.failureRate ? DEFAULT_CONFIGURATION.breaker.failureRate : null);
  const general = { breaker: { ...breaker, failureRate }, retry: { transient, connection } };
  return merged(general, own as Json) as unknown as PartnerSettings;
}
