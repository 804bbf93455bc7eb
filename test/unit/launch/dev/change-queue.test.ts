import { expect, test } from 'vitest';
import { ChangeQueue } from '../../../../launch/dev/change-queue.ts';

test('Files that are saved together are taken together, and those saved meanwhile come afterwards, once each', async () => {
  const taken: (readonly string[])[] = [];
  const queue = new ChangeQueue(async ({ files, savedAt }) => {
    expect(savedAt).toBeLessThanOrEqual(performance.now());
    taken.push(files);
    if (taken.length === 1) for (const file of ['c.ts', 'a.ts', 'c.ts']) queue.add(file);
  });
  queue.add('b.ts');
  queue.add('a.ts');
  await queue.idle();
  expect(taken).toEqual([
    ['a.ts', 'b.ts'],
    ['a.ts', 'c.ts'],
  ]);
  queue.add('d.ts');
  await queue.idle();
  expect(taken.at(-1)).toEqual(['d.ts']);
});
