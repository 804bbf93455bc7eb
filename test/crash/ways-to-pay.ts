/** How customers of the crash test pay: each method of payment, with each outcome that its channel can be brought to. */
import type { CancellationReason } from '../../functions/published/order-events.ts';

/** What the customer does at the checkout, when there is something to be done. */
export type Paying = 'pays' | 'fails' | 'leaves' | 'pays in two parts' | 'pays too much' | 'pays too little';

export interface WayToPay {
  readonly name: string;
  /** How often it is drawn, against the others. */
  readonly weight: number;
  readonly method: Readonly<Record<string, string>>;
  /** @default there is nothing to be done */
  readonly paying?: Paying;
  /** Why the order may be cancelled over it. @default it is paid in the end */
  readonly reasons?: readonly CancellationReason[];
  /** It is never paid. */
  readonly fails?: true;
  /** The order goes on only when its customer cancels it, or a person helps. */
  readonly needs?: 'cancellation' | 'person';
}

const card = (name: string, weight: number, token: string, more: Partial<WayToPay> = {}): WayToPay => ({
  name: `card, ${name}`,
  weight,
  method: { type: 'card', token },
  ...more,
});
const fails = (...reasons: CancellationReason[]) => ({ fails: true, reasons }) as const;

const CARDS: readonly WayToPay[] = [
  card('plain', 24, 'tok_ok'),
  card('flaky', 2, 'tok_flaky'),
  card('slow', 2, 'tok_slow'),
  card('answer lost after charge', 3, 'tok_timeout_charged'),
  card('declined', 3, 'tok_declined', fails('payment_declined')),
  card('passes the challenge', 5, 'tok_3ds', { paying: 'pays' }),
  card('asked nothing', 2, 'tok_3ds_frictionless'),
  card('does not pass the challenge', 2, 'tok_3ds', { paying: 'fails', ...fails('payment_declined') }),
  card('challenge fails', 1, 'tok_3ds_failed', { paying: 'pays', ...fails('payment_declined') }),
  card('challenge is left open', 1, 'tok_3ds_abandoned', { paying: 'pays', ...fails('payment_not_made') }),
  card('expires and is renewed', 2, 'tok_expires'),
  card('expires for good', 1, 'tok_expires_for_good', fails('payment_declined')),
  card('good for little', 2, 'tok_limit_20000', { reasons: ['payment_declined'] }),
  card('never charged', 1, 'tok_timeout_not_charged', { needs: 'cancellation', reasons: ['payment_unavailable'] }),
  card('locked when it is to be given back', 2, 'tok_undo_locked', { needs: 'person' }),
];

const WALLETS: readonly WayToPay[] = [
  { type: 'alipay', via: 'page' },
  { type: 'alipay', via: 'wap' },
  { type: 'alipay', via: 'qr_code' },
  { type: 'wechat_pay', via: 'qr_code' },
  { type: 'wechat_pay', via: 'h5', customerIp: '203.0.113.7' },
  { type: 'wechat_pay', via: 'jsapi', openId: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
].flatMap((method): WayToPay[] => [
  { name: `${method.type}, ${method.via}`, weight: 5, method, paying: 'pays' },
  { name: `${method.type}, ${method.via}, left`, weight: 0.5, method, paying: 'leaves', ...fails('payment_not_made') },
]);

const bank = (paying: Paying, weight: number, more: Partial<WayToPay> = {}): WayToPay => ({
  name: `bank transfer, ${paying}`,
  weight,
  method: { type: 'bank_transfer' },
  paying,
  ...more,
});

const TRANSFERS: readonly WayToPay[] = [
  bank('pays', 8),
  bank('pays in two parts', 3),
  bank('pays too much', 3),
  bank('pays too little', 1, fails('payment_not_made')),
  bank('leaves', 1, fails('payment_not_made')),
];

export const WAYS_TO_PAY: readonly WayToPay[] = [...CARDS, ...WALLETS, ...TRANSFERS];
