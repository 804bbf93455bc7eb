import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleDirOf, contextOf, FUNCTION_NAMES, PROJECT_ROOT, sourceOf } from '../../../lib/functions.ts';

describe('The functions', () => {
  test.each(FUNCTION_NAMES)('are the files that export a handler: %s', (name) => {
    expect(readFileSync(sourceOf(name), 'utf8')).toMatch(/^export const handler\b/m);
  });

  test('are in bounded contexts, and what contexts share is none', () => {
    const contexts = new Set(FUNCTION_NAMES.map(contextOf));
    expect(contexts).toContain('orders');
    expect(contexts).not.toContain('shared');
    expect(contexts).not.toContain('published');
  });

  test('have a folder each for their bundle', () => {
    expect(new Set(FUNCTION_NAMES.map(bundleDirOf)).size).toBe(FUNCTION_NAMES.length);
    expect(bundleDirOf('orders/create-order')).toBe(path.join(PROJECT_ROOT, 'dist/functions/orders-create-order'));
    expect(contextOf('orders/create-order')).toBe('orders');
  });
});
