/** The simulated carrier, which tells us of parcels. */
import { randomBytes } from 'node:crypto';
import { credentialInSecret } from '../../functions/shared/outbound/credentials/secrets-manager.ts';
import { parseTrackingKey } from '../../functions/shipping/adapters/carrier-tracking.ts';
import type { Runtime } from '../../local/boot.ts';
import { secretsManagerAt } from '../clients/secrets.ts';

/** The id of keys that the carrier knows. */
const KEY_ID = 'carrier';

/** Lets the simulated carrier know where it notifies us, and with which key. */
export async function introduceCarrier(
  carrierUrl: string,
  { outputs, endpointUrl, url: apiUrl }: Pick<Runtime, 'outputs' | 'endpointUrl' | 'url'>,
): Promise<void> {
  const arn = outputs['CarrierNotificationsCredentialArn']!;
  const call = secretsManagerAt(endpointUrl);
  const held = await credentialInSecret(call, arn, parseTrackingKey)();
  const secret = held.keyId === KEY_ID ? held.secret : randomBytes(32).toString('hex');
  if (held.keyId !== KEY_ID) {
    await call('PutSecretValue', { SecretId: arn, SecretString: JSON.stringify({ keyId: KEY_ID, secret }) });
  }
  const url = `${apiUrl}/api/v1/shipping/notifications/carrier`;
  await fetch(`${carrierUrl}/v1/notification-endpoint`, { method: 'PUT', body: JSON.stringify({ url, secret }) });
}
