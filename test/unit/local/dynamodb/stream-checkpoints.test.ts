import { afterEach, expect, test } from 'vitest';
import { StreamCheckpoints } from '../../../../local/dynamodb/stream-checkpoints.ts';
import { openStore } from '../../../../local/store.ts';

const tableStreamArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/log/stream/1';
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:relay';
const store = openStore(undefined);
const of = (arn: string) => new StreamCheckpoints(store, { tableStreamArn, functionArn: arn });
afterEach(() => {
  for (const arn of [functionArn, `${functionArn}:live`]) of(arn).forget();
});

test('A mapping that called the function itself goes on where it stood when it calls an alias of it', () => {
  const before = of(functionArn);
  before.markStarted();
  before.advance('shard-1', '17');
  const after = of(`${functionArn}:live`);
  expect([after.isStarted(), after.of('shard-1')]).toEqual([true, { sequenceNumber: '17', finished: false }]);
  expect(of(functionArn).isStarted()).toBe(false);
});

test('A mapping to an alias that has a position keeps it', () => {
  const alias = of(`${functionArn}:live`);
  alias.markStarted();
  alias.advance('shard-1', '20');
  const itself = of(functionArn);
  itself.markStarted();
  itself.advance('shard-1', '3');
  expect(of(`${functionArn}:live`).of('shard-1')).toMatchObject({ sequenceNumber: '20' });
  expect(of(functionArn).of('shard-1')).toMatchObject({ sequenceNumber: '3' });
});
