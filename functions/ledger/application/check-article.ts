import type { RecordedStockEvent } from '../../published/stock-events.ts';
import { articleFindings, NO_COUNTS } from '../domain/article-findings.ts';
import { bookOfStock } from '../domain/book-id.ts';
import { keepBookTask } from './keep-book-task.ts';
import type { ArticleCheckDeps, Checked } from './ports.ts';
import { postArticle } from './post-article.ts';

/**
 * Checks the stock of one article, after booking what its book lacks. What is wrong raises the alarm at each check, until it is put right,
 * and is a person's task meanwhile.
 * @param stream the events of the article, at least one; perhaps not those of the last moment
 * @throws ConcurrencyConflict
 */
export async function checkArticle(deps: ArticleCheckDeps, stream: readonly RecordedStockEvent[]): Promise<Checked> {
  const { sku, version } = stream.at(-1)!;
  // Counts that are read after the history have all of it, and say how far it has gone by then.
  const counts = (await deps.counts.find(sku)) ?? NO_COUNTS;
  const since = counts.version > version ? await deps.stockLog.read(sku, version + 1, counts.version - version) : [];
  const events = [...stream, ...since];
  const book = await postArticle(deps, events);
  const findings = articleFindings(events, book, counts);
  const bookId = bookOfStock(sku);
  await keepBookTask(deps, bookId, { sku }, findings);
  await deps.breaks.replace(bookId, findings);
  for (const finding of findings) deps.monitor.broken(finding, book);
  return { book, findings };
}
