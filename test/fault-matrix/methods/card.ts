import { randomBytes } from 'node:crypto';
import { cardNotifications } from '../../../functions/payments/adapters/card/notifications.ts';
import { CARD_NOTIFICATIONS } from '../../../functions/payments/adapters/partner.ts';
import { Clock } from '../../../partners/payment-gateway/clock.ts';
import { Notices } from '../../../partners/payment-gateway/notices.ts';
import type { PaymentMovement } from '../../../partners/payment-gateway/protocol.ts';
import { gatewayOver } from '../../../partners/payment-gateway/server.ts';
import { Ledger } from '../../../partners/shared/ledger.ts';
import { VirtualPartner } from '../../fault/virtual/partner.ts';
import type { Method, Will } from './method.ts';
import { VirtualNotifier } from './notices.ts';

const TOKENS: Readonly<Record<Will, string>> = {
  pays: 'tok_ok',
  // Their bank asks them who pays (3-D Secure).
  'pays late': 'tok_3ds',
  leaves: 'tok_3ds',
  // Good for the two units that the order wants.
  'pays no more': 'tok_limit_9000',
  'is refused': 'tok_declined',
};
const secret = `whsec_${randomBytes(32).toString('base64')}`;
const { name } = CARD_NOTIFICATIONS;

export const card: Method = {
  type: 'card',
  paymentOf: (will) => ({ type: 'card', token: TOKENS[will] }),
  adjustable: true,
  refundsFailLater: true,
  till({ time, random, merchant }) {
    const ledger = new Ledger<PaymentMovement>(undefined, time.now);
    const notices = new Notices(undefined, { notifier: new VirtualNotifier(time, merchant), now: time.now });
    notices.sendTo({ url: `http://merchant/${name}`, secret });
    const { routes, intents, refunds } = gatewayOver(ledger, { notices, clock: new Clock(time.now) });
    return {
      readers: { [name]: cardNotifications({ current: async () => ({ keyId: 'first', secret }) }) },
      act: (orderId, how) => void intents.answerChallenge(orderId, how === 'pay'),
      failRefund: (orderId) => {
        const made = ledger.of(orderId).findLast((entry) => entry.kind === 'refund');
        if (made?.kind === 'refund') refunds.end(made.refundId, 'refund-failed');
      },
      entries: (orderId) => ledger.of(orderId),
      gateway: new VirtualPartner(routes, time, random),
    };
  },
};
