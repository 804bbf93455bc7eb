import { idleCosts } from '../../bench/idle-cost.ts';
import { BUDGET } from '../../bench/report.ts';
import type { Template } from './assembly.ts';

const inDollars = (amount: number): string => `$${amount.toFixed(2)}`;

/** What an environment costs, for the person who deploys it: a line each. */
export function costLines(templates: Iterable<Template>): readonly string[] {
  const costs = [...idleCosts([...templates])].sort((one, other) => other.dollars - one.dollars);
  const sum = costs.reduce((total, { dollars }) => total + dollars, 0);
  return [
    `Idle: about ${inDollars(sum)} a month at list prices, without storage, backups, log lines and custom metrics.`,
    ...costs.map(({ what, dollars, because }) => `  ${inDollars(dollars).padStart(8)}  ${what}: ${because}`),
    `1,000 orders: at most ${inDollars(BUDGET.dollarsPerThousandOrders)} more, by what \`npm run bench -- --only cost\` meters and limits.`,
  ];
}
