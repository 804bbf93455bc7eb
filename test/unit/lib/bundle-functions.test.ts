import { describe, expect, test } from '@jest/globals';
import { assertSourcesExist, assertWithinLimit, BUNDLE_LIMIT_BYTES } from '../../../lib/bundling/bundle-functions.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../../lib/functions.ts';

describe('Bundling', () => {
  test('says which source files are missing', () => {
    const planned = ['orders/split-order', 'orders/create-order', 'orders/merge-orders'] as FunctionName[];
    expect(() => assertSourcesExist(planned)).toThrow(
      /without a source file:\n {2}functions\/orders\/split-order\.ts\n {2}functions\/orders\/merge-orders\.ts$/,
    );
  });

  test('is content when all of them are there', () => {
    expect(() => assertSourcesExist(FUNCTION_NAMES)).not.toThrow();
  });

  test('names a bundle that is one byte too large, and the way to find out why', () => {
    const bundles = [
      { name: 'orders/get-order', bytes: BUNDLE_LIMIT_BYTES },
      { name: 'orders/create-order', bytes: BUNDLE_LIMIT_BYTES + 1 },
    ] as const;
    expect(() => assertWithinLimit(bundles)).toThrow(/400 KB: orders\/create-order \(401 KB\)\. .*--why/);
    expect(() => assertWithinLimit(bundles.slice(0, 1))).not.toThrow();
  });
});
