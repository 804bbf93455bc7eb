import type { ClientCertificates, PartnerMonitor } from './ports.ts';

export interface CheckCertificateDeps {
  readonly certificates: ClientCertificates;
  readonly monitor: PartnerMonitor;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
/** What a person needs to get another certificate from the partner's authority, and some more. */
const NOTICE_DAYS = 30;

/** Says for how long our certificate for the partner is good, if the partner asks for one. */
export async function checkCertificate(
  { certificates, monitor, now }: CheckCertificateDeps,
  partner: string,
): Promise<void> {
  const end = await certificates.endOf(partner);
  if (end === undefined) return;
  const daysLeft = Math.floor((end - now()) / DAY_MS);
  monitor.certificateChecked(partner, { daysLeft, isEnding: daysLeft < NOTICE_DAYS });
}
