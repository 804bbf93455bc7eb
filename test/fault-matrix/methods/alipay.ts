import { alipayGateway } from '../../../functions/payments/adapters/alipay/alipay-gateway.ts';
import { parseAlipayCredential } from '../../../functions/payments/adapters/alipay/credential.ts';
import { alipayNotifications } from '../../../functions/payments/adapters/alipay/notifications.ts';
import { alipayExchange } from '../../../functions/payments/adapters/alipay/signed-exchange.ts';
import { numberOf } from '../../../functions/payments/adapters/our-number.ts';
import { ALIPAY } from '../../../functions/payments/adapters/partner.ts';
import { FAULTS, gatewayRoutes } from '../../../partners/alipay/gateway.ts';
import { credentialRoute, newSecrets } from '../../../partners/alipay/identity.ts';
import type { TradeMovement } from '../../../partners/alipay/protocol.ts';
import { Trades } from '../../../partners/alipay/trades.ts';
import { Faults } from '../../../partners/shared/faults.ts';
import { Ledger } from '../../../partners/shared/ledger.ts';
import { VirtualPartner } from '../../fault/virtual/partner.ts';
import { credentialFrom, RSA_BITS, refundsOf } from './common.ts';
import type { Method } from './method.ts';
import { VirtualNotifier } from './notices.ts';

const secrets = newSecrets(RSA_BITS);
const credential = parseAlipayCredential(credentialFrom(credentialRoute(secrets)));
const credentials = { current: async () => credential };
const { name } = ALIPAY;

/** Nobody asks for one. */
const noBills = { linkTo: () => '' };

export const alipay: Method = {
  type: 'alipay',
  // Alipay refuses no payment for good: its customer pays in another way, or leaves.
  paymentOf: (will) => (['is refused', 'pays no more'].includes(will) ? undefined : { type: 'alipay', via: 'qr_code' }),
  adjustable: false,
  refundsFailLater: false,
  till({ time, random, merchant }) {
    const ledger = new Ledger<TradeMovement>();
    const { now } = time;
    const trades = new Trades({ ledger, notifier: new VirtualNotifier(time, merchant), secrets, now });
    const routes = gatewayRoutes({ trades, downloads: noBills, faults: new Faults(FAULTS), secrets, now });
    return {
      readers: { [name]: alipayNotifications(credentials) },
      act: (orderId, how) => {
        if (how === 'pay') trades.pay(numberOf(orderId));
      },
      entries: (orderId) => ledger.of(numberOf(orderId)),
      channel: {
        method: 'alipay',
        name,
        partner: new VirtualPartner(routes, time, random),
        signed: (exchange) => alipayExchange({ exchange, credentials, observer: { refused: () => {} }, now }),
        gatewayOver: (exchange, log) =>
          alipayGateway({
            exchange,
            credentials,
            now,
            baseUrl: `http://${name}`,
            notifyUrl: `http://merchant/${name}`,
            refunds: refundsOf(log),
          }),
      },
    };
  },
};
