import { allOrdersPath, customerOrdersPath, searchPath } from '../api/paths.ts';
import { type Filters, forAll, forCustomer } from './filters.ts';
import type { Question } from './finding.ts';

/** Where the API has the orders that answer the question: with no question, all orders. */
export function pathOfOrders(question: Question, filters: Filters, cursor: string | undefined, limit: number): string {
  if (question.kind === 'customer') {
    return customerOrdersPath(question.customerId, { ...forCustomer(filters), limit, cursor });
  }
  if (question.kind === 'words') return searchPath({ q: question.words, limit, cursor });
  return allOrdersPath({ ...forAll(filters), limit, cursor });
}
