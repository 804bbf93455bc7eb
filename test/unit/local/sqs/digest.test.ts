import { expect, test } from 'vitest';
import { digestOfAttributes } from '../../../../local/sqs/digest.ts';

test('the digest of attributes is the one that AWS gives', () => {
  // The value that the tests of moto pin for these attributes.
  expect(digestOfAttributes({ timestamp: { DataType: 'Number', StringValue: '1493147359900' } })).toBe(
    '235c5c510d26fb653d073faed50ae77c',
  );
});

test('the order of attributes does not matter', () => {
  const a = { DataType: 'String', StringValue: '1' };
  const b = { DataType: 'Binary', BinaryValue: 'AQI=' };
  expect(digestOfAttributes({ a, b })).toBe(digestOfAttributes({ b, a }));
});
