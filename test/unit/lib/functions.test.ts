import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { bundleDirOf, contextOf, FUNCTION_NAMES, PROJECT_ROOT, sourceOf } from '../../../lib/functions.ts';

describe('The list of functions', () => {
  test('names a source file each', () => {
    expect(FUNCTION_NAMES.filter((name) => !existsSync(sourceOf(name)))).toEqual([]);
  });

  test('forgets none: every source that exports a handler is in it', () => {
    const sources = globSync('functions/*/*.ts', { cwd: PROJECT_ROOT }).filter((file) =>
      /^export const handler\b/m.test(readFileSync(path.join(PROJECT_ROOT, file), 'utf8')),
    );
    expect(sources.map((file) => path.join(PROJECT_ROOT, file)).sort()).toEqual(FUNCTION_NAMES.map(sourceOf).sort());
  });

  test('gives each function a folder of its own', () => {
    expect(new Set(FUNCTION_NAMES.map(bundleDirOf)).size).toBe(FUNCTION_NAMES.length);
    expect(bundleDirOf('orders/create-order')).toBe(path.join(PROJECT_ROOT, 'dist/functions/orders-create-order'));
    expect(contextOf('orders/create-order')).toBe('orders');
  });
});
