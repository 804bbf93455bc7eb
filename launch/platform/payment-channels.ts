/** The simulated Alipay, WeChat Pay and bank, whose credentials for us are put where functions look for them, as a person would do it. */
import { randomBytes } from 'node:crypto';
import { parseNotificationKey } from '../../functions/payments/adapters/card/notifications.ts';
import { parseCredential } from '../../functions/shared/outbound/credentials/credential.ts';
import { credentialInSecret } from '../../functions/shared/outbound/credentials/secrets-manager.ts';
import type { Runtime } from '../../local/boot.ts';
import { secretsManagerAt } from '../clients/secrets.ts';

export interface ChannelUrls {
  readonly alipay: string;
  readonly wechatPay: string;
  readonly bank: string;
}

/** Where nothing listens: without simulated channels, nothing is asked of the real ones. */
export const NO_CHANNELS: ChannelUrls = {
  alipay: 'http://127.0.0.1:9',
  wechatPay: 'http://127.0.0.1:9',
  bank: 'http://127.0.0.1:9',
};

/** @param urls in the order of the ports of `partners/payment-channels/main.ts` */
export const urlsOf = ([alipay, wechatPay, bank]: readonly string[]): ChannelUrls => ({
  alipay: alipay!,
  wechatPay: wechatPay!,
  bank: bank!,
});

/** What the channels are told as our address; they find the API of this start there. */
export const NOTIFICATIONS_URL = 'http://127.0.0.1/api/v1/payments/notifications';

/** The gateway's secrets for notifications begin with it. */
const SECRET_PREFIX = 'whsec_';

/** The gateway gives its merchants a secret key: it takes the place of the credential that was made by chance. */
export async function takeSecretKey({ outputs, endpointUrl }: Pick<Runtime, 'outputs' | 'endpointUrl'>): Promise<void> {
  const call = secretsManagerAt(endpointUrl);
  const SecretId = outputs['PaymentGatewayCredentialArn']!;
  const { kind } = await credentialInSecret(call, SecretId, parseCredential)();
  if (kind === 'bearer') return;
  const key = { kind: 'bearer', keyId: 'secret-key', secret: `sk_test_${randomBytes(32).toString('hex')}` };
  await call('PutSecretValue', { SecretId, SecretString: JSON.stringify(key) });
}

/** Lets the simulated card gateway know where it notifies us, and us the secret that it signs with. */
export async function introduceGateway(
  gatewayUrl: string,
  { outputs, endpointUrl, url: apiUrl }: Pick<Runtime, 'outputs' | 'endpointUrl' | 'url'>,
): Promise<void> {
  const arn = outputs['CardNotificationsCredentialArn']!;
  const call = secretsManagerAt(endpointUrl);
  const held = await credentialInSecret(call, arn, parseNotificationKey)();
  const isOfGateway = held.secret.startsWith(SECRET_PREFIX);
  const secret = isOfGateway ? held.secret : `${SECRET_PREFIX}${randomBytes(32).toString('hex')}`;
  if (!isOfGateway) {
    await call('PutSecretValue', { SecretId: arn, SecretString: JSON.stringify({ keyId: 'gateway', secret }) });
  }
  const url = `${apiUrl}/api/v1/payments/notifications/card`;
  await fetch(`${gatewayUrl}/v1/notification-endpoint`, { method: 'PUT', body: JSON.stringify({ url, secret }) });
}

/** Lets functions and channels know each other. */
export async function introduce(
  urls: ChannelUrls,
  { outputs, endpointUrl, url: apiUrl }: Pick<Runtime, 'outputs' | 'endpointUrl' | 'url'>,
): Promise<void> {
  const call = secretsManagerAt(endpointUrl);
  const keep = async (url: string, secretArn: string): Promise<void> => {
    const answer = await fetch(`${url}/v1/credential`);
    await call('PutSecretValue', { SecretId: secretArn, SecretString: await answer.text() });
  };
  for (const url of [urls.alipay, urls.wechatPay]) {
    await fetch(`${url}/v1/notifications`, { method: 'PUT', body: JSON.stringify({ origin: apiUrl }) });
  }
  await keep(urls.alipay, outputs['AlipayCredentialArn']!);
  await keep(urls.wechatPay, outputs['WechatPayCredentialArn']!);
  await keep(urls.bank, outputs['BankCredentialArn']!);
}
