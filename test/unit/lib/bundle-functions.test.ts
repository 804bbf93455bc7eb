import { describe, expect, test } from 'vitest';
import { assertWithinLimit, BUNDLE_LIMIT_BYTES } from '../../../lib/bundling/bundle-functions.ts';

describe('Bundling', () => {
  test('names a bundle that is one byte too large, and the way to find out why', () => {
    const bundles = [
      { name: 'orders/get-order', bytes: BUNDLE_LIMIT_BYTES },
      { name: 'orders/create-order', bytes: BUNDLE_LIMIT_BYTES + 1 },
    ] as const;
    expect(() => assertWithinLimit(bundles)).toThrow(/400 KB: orders\/create-order \(401 KB\)\. .*--why/);
    expect(() => assertWithinLimit(bundles.slice(0, 1))).not.toThrow();
  });
});
