/** What the book of a transfer that quotes no reference of an order says of it. Pure. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { RecordedTransferEvent, TransferEvent } from '../../published/transfer-events.ts';
import { type Book, balancesOf, wrongSumsOf } from './book.ts';
import type { Rule, TransferFinding } from './finding.ts';
import { inSuspense } from './suspense.ts';

type Matched = RecordedTransferEvent<Extract<TransferEvent, { readonly type: 'TransferMatched' }>>;

/** The event that says of which order the money is, once a person knows. */
export const matchIn = (stream: readonly RecordedTransferEvent[]): Matched | undefined =>
  stream.find((event): event is Matched => event.type === 'TransferMatched');

/**
 * What a transfer does not keep of the rules. While it waits for a person, its money is a break that is expected to close.
 * @param stream all events of the transfer, at least one
 * @param order the events of the order that it was matched to; empty without one
 */
export function transferFindings(
  stream: readonly RecordedTransferEvent[],
  book: Book,
  order: readonly RecordedOrderEvent[],
): readonly TransferFinding[] {
  const [{ transferId, occurredAt }] = stream as readonly [RecordedTransferEvent];
  const waits = stream.every(({ type }) => type === 'TransferUnmatched');
  const found = (rule: Rule, detail: string, since: string, underWay: boolean): TransferFinding => ({
    transferId,
    rule,
    detail,
    since,
    underWay,
  });
  const matched = matchIn(stream);
  const arrived = order.some(({ type, data }) => type === 'TransferReceived' && data.transferId === transferId);
  return [
    ...wrongSumsOf(book).map((detail) => found('EntriesSumToZero', detail, occurredAt, false)),
    ...balancesOf(book)
      .unitsOf('unmatched')
      .map(({ amount, unit }) =>
        found('NothingUnmatched', `unmatched has ${amount} ${unit}, expected 0.`, occurredAt, waits),
      ),
    ...inSuspense(book).map(({ detail }) => found('NothingInSuspense', detail, stream.at(-1)!.occurredAt, true)),
    ...(matched === undefined || arrived
      ? []
      : [
          found(
            'MatchedMoneyArrives',
            `The history of order ${matched.data.orderId} has no transfer ${transferId}, which was matched to it.`,
            matched.occurredAt,
            false,
          ),
        ]),
  ];
}
