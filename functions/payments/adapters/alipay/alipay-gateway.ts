import type { CredentialSource } from '../../../shared/outbound/credentials/ports.ts';
import type { PaymentGateway } from '../../application/ports.ts';
import { PaidAtCheckout, type PaidAtCheckoutOptions } from '../paid-at-checkout.ts';
import { AlipayChannel, type AlipayChannelOptions } from './alipay-channel.ts';
import type { AlipayCredential } from './credential.ts';
import { alipayParameters } from './signed-exchange.ts';

export interface AlipayGatewayOptions
  extends Omit<AlipayChannelOptions, 'pageUrl'>,
    Pick<PaidAtCheckoutOptions, 'refunds'> {
  /** Of Alipay, as the browsers of customers reach it. */
  readonly baseUrl: string;
  readonly credentials: Pick<CredentialSource<AlipayCredential>, 'current'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The port of payments at Alipay. */
export const alipayGateway = ({
  refunds,
  baseUrl,
  credentials,
  now,
  ...channel
}: AlipayGatewayOptions): PaymentGateway =>
  new PaidAtCheckout({
    refunds,
    channel: new AlipayChannel({
      ...channel,
      pageUrl: async (method, content, notify_url) => {
        const own = { method, notify_url, biz_content: JSON.stringify(content) };
        const parameters = alipayParameters(own, await credentials.current(), now());
        return `${baseUrl.replace(/\/+$/, '')}/gateway.do?${new URLSearchParams(parameters).toString()}`;
      },
    }),
  });
