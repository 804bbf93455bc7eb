import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../project-root.ts';
import { type CountedTemplate, idleCosts } from './idle-cost.ts';

/** The limits that the bench holds what it meters against. */
const budget = () =>
  JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'bench/budget.json'), 'utf8')) as {
    readonly dollarsPerThousandCheckouts: number;
    readonly dollarsPerThousandLives: number;
  };

const inDollars = (amount: number): string => `$${amount.toFixed(2)}`;

/** What an environment costs, for the person who deploys it: a line each. */
export function costLines(templates: Iterable<CountedTemplate>): readonly string[] {
  const costs = [...idleCosts([...templates])].sort((one, other) => other.dollars - one.dollars);
  const { dollarsPerThousandCheckouts, dollarsPerThousandLives } = budget();
  const sum = costs.reduce((total, { dollars }) => total + dollars, 0);
  return [
    `Idle: about ${inDollars(sum)} a month at list prices, and what is stored.`,
    ...costs.map(({ what, dollars, because }) => `  ${inDollars(dollars).padStart(8)}  ${what}: ${because}`),
    `1,000 orders: at most ${inDollars(dollarsPerThousandCheckouts)} more until they are confirmed, and ${inDollars(dollarsPerThousandLives)} until they are delivered, by what \`npm run bench -- --only cost\` meters and limits.`,
  ];
}
