import { describe, expect, test } from 'vitest';
import { search } from '../../../lib/bundling/jmespath-field.ts';

describe('JMESPath in the bundles', () => {
  test('finds a field by its name', () => {
    expect(search('requestHash', { key: 'C1#key', requestHash: 'hash' })).toBe('hash');
    expect(search('other', { key: 'C1#key' })).toBeUndefined();
  });

  test.each(['a.b', '[key, other]', 'powertools_json(body)', '@', ''])(
    'says that it knows no more: %s',
    (expression) => {
      expect(() => search(expression, {})).toThrow(/not the name of a field/);
    },
  );
});
