import type { Dictionary } from './text.ts';
import { zhExecutions } from './zh-executions.ts';
import { zhHealth } from './zh-health.ts';
import { zhLetters } from './zh-letters.ts';
import { zhOrders } from './zh-orders.ts';
import { zhPacking } from './zh-packing.ts';
import { zhPages } from './zh-pages.ts';
import { zhReturns } from './zh-returns.ts';
import { zhStock } from './zh-stock.ts';
import { zhTasks } from './zh-tasks.ts';
import { zhWords } from './zh-words.ts';

/** All texts in Chinese. */
export const zh: Dictionary = {
  ...zhPages,
  ...zhOrders,
  ...zhTasks,
  ...zhLetters,
  ...zhHealth,
  ...zhStock,
  ...zhExecutions,
  ...zhReturns,
  ...zhPacking,
  ...zhWords,
};
