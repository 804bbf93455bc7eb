/** A trade, folded from the ledger's entries of its number. */
import type { TradeMovement } from './protocol.ts';

interface TradeRefund {
  readonly requestNo: string;
  readonly amount: number;
  readonly isMade: boolean;
}

export interface Trade {
  readonly number: string;
  readonly tradeNo: string;
  readonly amount: number;
  readonly subject: string;
  readonly notifyUrl: string | undefined;
  readonly expiresAt: number;
  readonly status: 'OFFERED' | 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED';
  readonly paid: boolean;
  readonly refunds: readonly TradeRefund[];
}

/** The money that went back. */
export const refundedOf = ({ refunds }: Trade): number =>
  refunds.reduce((sum, { amount, isMade }) => sum + (isMade ? amount : 0), 0);

/** A closure before there was anything leaves a trade of nothing, which is over. */
const nothing = (number: string): Trade => ({
  number,
  tradeNo: '',
  amount: 0,
  subject: '',
  notifyUrl: undefined,
  expiresAt: 0,
  status: 'TRADE_CLOSED',
  paid: false,
  refunds: [],
});

export function evolve(before: Trade | undefined, number: string, entry: TradeMovement): Trade {
  const trade = before ?? nothing(number);
  switch (entry.kind) {
    case 'offer': {
      const { tradeNo, amount, subject, notifyUrl, expiresAt } = entry;
      return { ...trade, tradeNo, amount, subject, notifyUrl, expiresAt, status: 'OFFERED' };
    }
    case 'trade':
      return { ...trade, status: 'WAIT_BUYER_PAY' };
    case 'payment':
      return { ...trade, status: 'TRADE_SUCCESS', paid: true };
    case 'closure':
      return { ...trade, status: 'TRADE_CLOSED' };
    case 'refund-acceptance':
    case 'refund': {
      const { requestNo, amount } = entry;
      const others = trade.refunds.filter((refund) => refund.requestNo !== requestNo);
      const after = { ...trade, refunds: [...others, { requestNo, amount, isMade: entry.kind === 'refund' }] };
      return refundedOf(after) === trade.amount ? { ...after, status: 'TRADE_CLOSED' } : after;
    }
  }
}
