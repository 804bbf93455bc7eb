/** What is measured of the calls to each partner: the dimension is `Partner`. Calls that were refused before sending are no calls. */
export const PARTNER_CALLS = { name: 'PartnerCalls', unit: 'Count' } as const;
/** Calls without an answer that makes sense, after all tries. */
export const PARTNER_FAILURES = { name: 'PartnerFailures', unit: 'Count' } as const;
/** Refused before sending: the circuit was open, or the partner gets as many calls as it is to get. */
export const PARTNER_REJECTIONS = { name: 'PartnerRejections', unit: 'Count' } as const;
/** Tries after the first of a call. */
export const PARTNER_RETRIES = { name: 'PartnerRetries', unit: 'Count' } as const;
/** How long a call took, with all its tries. */
export const PARTNER_CALL_DURATION = { name: 'PartnerCallDuration', unit: 'Milliseconds' } as const;

/** Changes of a circuit's state, by the state that it came to. */
export const CIRCUIT_CHANGES = {
  open: { name: 'CircuitOpened', unit: 'Count' },
  'half-open': { name: 'CircuitHalfOpened', unit: 'Count' },
  closed: { name: 'CircuitClosed', unit: 'Count' },
} as const;
/** The partner accepts none of our credentials: nothing is carried out there. */
export const CREDENTIAL_REFUSED = { name: 'PartnerCredentialRefused', unit: 'Count' } as const;
/** Our credential could not be read; a function instance went on with the last one that it knew, if there was one. */
export const CREDENTIAL_UNAVAILABLE = { name: 'PartnerCredentialUnavailable', unit: 'Count' } as const;
/** The store of circuits did not answer in time; a function instance went on with what it knew. */
export const CIRCUIT_STORE_UNAVAILABLE = { name: 'CircuitStoreUnavailable', unit: 'Count' } as const;
