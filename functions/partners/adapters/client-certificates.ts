import { X509Certificate } from 'node:crypto';
import type { CredentialSource } from '../../shared/outbound/credentials/ports.ts';
import type { ClientCertificates } from '../application/ports.ts';

/** @param sourceOf our credential for a partner, which has the certificate */
export const certificatesIn = (sourceOf: (partner: string) => CredentialSource): ClientCertificates => ({
  async endOf(partner) {
    // That it cannot be read has a metric and an alarm of its own.
    const credential = await sourceOf(partner)
      .current()
      .catch(() => undefined);
    return credential?.tls && endOf(credential.tls.certificate);
  },
});

/** What is no certificate is as one that has ended: no connection can be made with it. */
function endOf(pem: string): number {
  try {
    return Date.parse(new X509Certificate(pem).validTo);
  } catch {
    return 0;
  }
}
