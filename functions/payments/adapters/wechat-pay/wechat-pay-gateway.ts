import type { CredentialSource } from '../../../shared/outbound/credentials/ports.ts';
import type { PaymentGateway } from '../../application/ports.ts';
import { PaidAtCheckout, type PaidAtCheckoutOptions } from '../paid-at-checkout.ts';
import { jsapiPayment } from './authorization.ts';
import type { WechatPayCredential } from './credential.ts';
import { WechatPayChannel, type WechatPayChannelOptions } from './wechat-pay-channel.ts';

export interface WechatPayGatewayOptions
  extends Omit<WechatPayChannelOptions, 'merchant' | 'bridge'>,
    Pick<PaidAtCheckoutOptions, 'refunds'> {
  readonly credentials: Pick<CredentialSource<WechatPayCredential>, 'current'>;
  /** Text that no other request has. */
  readonly newNonce: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The port of payments at WeChat Pay. */
export const wechatPayGateway = ({
  refunds,
  credentials,
  newNonce,
  now,
  ...channel
}: WechatPayGatewayOptions): PaymentGateway =>
  new PaidAtCheckout({
    refunds,
    channel: new WechatPayChannel({
      ...channel,
      merchant: async () => {
        const { mchid, appid } = await credentials.current();
        return { mchid, appid };
      },
      bridge: async (prepayId) => {
        const { appid, privateKey } = await credentials.current();
        return jsapiPayment({ appid, prepayId }, privateKey, { nonce: newNonce(), at: now() });
      },
    }),
  });
