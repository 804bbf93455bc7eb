import { describe, expect, test } from 'vitest';
import { certificatesIn } from '../../../../functions/partners/adapters/client-certificates.ts';
import { checkCertificate } from '../../../../functions/partners/application/check-certificate.ts';
import type { Credential } from '../../../../functions/shared/outbound/credentials/credential.ts';
import { newAuthority } from '../../../support/tls/certificates.ts';

const DAY = 86_400_000;
/** It ends a day after it was made. */
const { certificate, key } = newAuthority('Carrier').issue('Waybill');
const END = Math.floor(Date.now() / 1_000) * 1_000 + DAY;

const credential = (tls?: Credential['tls']): Credential => ({
  kind: 'bearer',
  keyId: 'first',
  secret: 's'.repeat(32),
  ...(tls ? { tls } : {}),
});

/** What is told of the certificate in a credential. */
async function told(current: () => Promise<Credential>, now = END - 100 * DAY): Promise<unknown[]> {
  const said: unknown[] = [];
  const monitor = {
    instancesChecked: () => {},
    certificateChecked: (...found: unknown[]) => said.push(found),
  };
  const certificates = certificatesIn(() => ({ current, successorOf: async () => undefined }));
  await checkCertificate({ certificates, monitor, now: () => now }, 'carrier');
  return said;
}

describe('Our certificate for a partner', () => {
  const withCertificate = async () => credential({ certificate, key });

  test.each([
    ['is good for long', 100, false],
    ['has thirty days left', 30, false],
    ['ends within thirty days', 29, true],
    ['has ended', -2, true],
  ])('is told of when it %s', async (_, daysLeft, isEnding) => {
    // Half a day more, because the days are whole ones.
    const now = END - daysLeft * DAY - DAY / 2;
    expect(await told(withCertificate, now)).toEqual([['carrier', { daysLeft, isEnding }]]);
  });

  test('is as one that has ended when it cannot be read', async () => {
    const broken = async () =>
      credential({ certificate: '-----BEGIN CERTIFICATE-----\nabcd\n-----END CERTIFICATE-----', key });
    expect(await told(broken)).toEqual([['carrier', { daysLeft: expect.any(Number), isEnding: true }]]);
  });

  test('is not told of when the partner asks for none, or when the credential cannot be had', async () => {
    expect(await told(async () => credential())).toEqual([]);
    expect(await told(() => Promise.reject(new Error('The secret is away.')))).toEqual([]);
  });
});
