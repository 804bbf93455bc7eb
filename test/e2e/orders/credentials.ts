/** The credentials that the simulated partners know us by: made at the start, checked by the partners, and replaced. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { secretsManagerAt } from '../../../launch/clients/secrets.ts';
import { finalOrder, place } from '../../support/api/order-requests.ts';
import { testWith } from '../../support/platform/capabilities.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

interface Known {
  readonly credentials: readonly { readonly keyId: string; readonly until?: string }[];
}

export function credentials(platform: SuitePlatform): void {
  const fileOf = (partner: string) => path.join(platform.instance.dataDir, `partner-${partner}.credentials.json`);
  const knownTo = (partner: string) => (JSON.parse(readFileSync(fileOf(partner), 'utf8')) as Known).credentials;

  /** The gateway gives its merchants a key, and the carrier takes ours. */
  const before: Readonly<Record<string, string>> = { 'payment-gateway': 'secret-key', carrier: 'first' };

  describe('The credentials for partners', () => {
    test('are known to the partners without anybody doing anything, in files for their owner only', () => {
      for (const partner of ['payment-gateway', 'carrier']) {
        expect(knownTo(partner).map(({ keyId }) => keyId)).toEqual([before[partner]]);
        expect(statSync(fileOf(partner)).mode & 0o777).toBe(0o600);
      }
    });

    test('are demanded by the partners', async () => {
      const { gatewayUrl, carrierUrl } = platform.instance;
      for (const url of [`${gatewayUrl}/v1/payment_intents/k/cancel`, `${carrierUrl}/v1/shipments/k/cancel`]) {
        expect((await fetch(url, { method: 'POST' })).status).toBe(401);
      }
    });

    testWith('the rotation of credentials')(
      'are replaced while orders go on, and functions find the new ones when the partners end the old ones',
      async () => {
        const { endpointUrl, url } = platform.instance;
        const { PaymentGatewayCredentialArn, CarrierCredentialArn } = await platform.instance.outputs();
        const ask = secretsManagerAt(endpointUrl);
        for (const SecretId of [PaymentGatewayCredentialArn, CarrierCredentialArn]) {
          await ask('RotateSecret', { SecretId });
        }
        for (const partner of ['payment-gateway', 'carrier']) {
          const after = await eventually(`the end of the old credential at the ${partner}`, async () => {
            const known = knownTo(partner);
            return known.some(({ until }) => until !== undefined) ? known : undefined;
          });
          writeFileSync(
            fileOf(partner),
            JSON.stringify({ credentials: after.filter(({ keyId }) => keyId !== before[partner]) }),
          );
        }
        const orderId = await place(url, { items: [{ sku: 'COFFEE-1KG', quantity: 1 }] });
        expect(await finalOrder(url, orderId)).toMatchObject({ status: 'processing' });
      },
    );
  });
}
