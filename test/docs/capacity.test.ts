/** The table of limits in the documents is what the capacity model says. */
import { expect, test } from 'vitest';
import { boundsAt } from '../../launch/capacity/capacity.ts';
import { textOf } from '../support/docs/markdown.ts';

const inFull = (count: number): string => count.toLocaleString('en', { maximumFractionDigits: count < 10 ? 2 : 0 });

test('docs/cost-and-capacity.md lists every limit with what an order uses of it and where it binds', () => {
  const documented = [
    ...textOf('docs/cost-and-capacity.md').matchAll(/^\| ([A-Z][^|]+: [^|]+) \| (.+) \| (.+) \| (.+) \|$/gm),
  ];
  expect(documented.map(([, ...cells]) => cells)).toEqual(
    boundsAt(1).map(({ quota, perOrder, bindsAt }) => [quota.name, ...[perOrder, quota.limit, bindsAt].map(inFull)]),
  );
});
