import type { IsOurPayout } from '../../application/bank-ports.ts';
import { refundsOnRecord } from '../../domain/refunds-on-record.ts';
import { refundNumbersOf } from '../our-number.ts';
import { messageIdIn } from './pain.ts';

/** By the number of the order to the bank, which the bank passes on. */
export const isOurPayout: IsOurPayout = (stream, number) => {
  const [created] = stream;
  return created !== undefined && refundNumbersOf(created.orderId, refundsOnRecord(stream)).has(messageIdIn(number));
};
