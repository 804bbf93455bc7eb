import type { RecordedTransferEvent } from '../../published/transfer-events.ts';
import { bookOfTransfer } from '../domain/book-id.ts';
import { withAge } from '../domain/suspense.ts';
import { matchIn, transferFindings } from '../domain/transfer-findings.ts';
import { shownSince } from './days.ts';
import { keepBookTask } from './keep-book-task.ts';
import type { Checked, TransferCheckDeps } from './ports.ts';
import { postTransfer } from './post-transfer.ts';

/**
 * Checks the money of one transfer that quotes no reference of an order, after booking what its book lacks. What is wrong raises the alarm at each
 * check, and is a person's task until it is put right; what only waits for a person's decision is listed with its age.
 * @param stream the events of the transfer, at least one
 * @throws ConcurrencyConflict
 */
export async function checkTransfer(
  deps: TransferCheckDeps,
  stream: readonly RecordedTransferEvent[],
): Promise<Checked> {
  const book = await postTransfer(deps, stream);
  const matched = matchIn(stream);
  const order = matched === undefined ? [] : await deps.log.read(matched.data.orderId);
  const findings = withAge(transferFindings(stream, book, order), shownSince(deps.now()));
  const { transferId } = stream[0]!;
  const bookId = bookOfTransfer(transferId);
  await keepBookTask(deps, bookId, { transferId }, findings);
  await deps.breaks.replace(bookId, findings);
  for (const finding of findings) if (!finding.underWay) deps.monitor.broken(finding, book);
  return { book, findings };
}
