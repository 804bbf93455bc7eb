import { enExecutions } from './en-executions.ts';
import { enHealth } from './en-health.ts';
import { enLetters } from './en-letters.ts';
import { enOrders } from './en-orders.ts';
import { enPacking } from './en-packing.ts';
import { enPages } from './en-pages.ts';
import { enReturns } from './en-returns.ts';
import { enStock } from './en-stock.ts';
import { enTasks } from './en-tasks.ts';
import { enWords } from './en-words.ts';

/** All texts in English; other languages have the same keys. */
export const en = {
  ...enPages,
  ...enOrders,
  ...enTasks,
  ...enLetters,
  ...enHealth,
  ...enStock,
  ...enExecutions,
  ...enReturns,
  ...enPacking,
  ...enWords,
} as const;
