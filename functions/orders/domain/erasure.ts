/** Why a person's data is erased, in words that hold no personal data. Part of the API. After article 17 of the GDPR. */
export const ERASURE_REASONS = [
  'customer_request',
  'consent_withdrawn',
  'no_longer_needed',
  'unlawful',
  'legal_obligation',
] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];
