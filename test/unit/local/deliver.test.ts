import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Deliver } from '../../../local/contracts.ts';
import { deliverTo } from '../../../local/deliver.ts';
import { VirtualClock } from '../../support/runtime/virtual-clock.ts';
import { type FunctionsOnDisk, functionsOnDisk } from './lambda/functions-on-disk.ts';
import { arnOf, queueNamed, queues } from './sqs/queues.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:work';

describe('A delivery', () => {
  const { service, sqs } = queues([queueNamed('work')]);
  let functions: FunctionsOnDisk;
  let deliver: Deliver;
  beforeAll(async () => {
    functions = await functionsOnDisk(new VirtualClock());
    await functions.define('work', 'export const handler = async () => ({});');
    await functions.define('work-broken', 'export const handler = async () => { throw new Error("no"); };');
    deliver = deliverTo([service, functions.lambda]);
  });
  afterAll(async () => functions[Symbol.asyncDispose]());

  test('reaches queues and functions', async () => {
    await deliver(arnOf('work'), '{"a":1}');
    expect(sqs.receive(arnOf('work'), 10).map(({ body }) => body)).toEqual(['{"a":1}']);
    await expect(deliver(FUNCTION, '{}')).resolves.toBeUndefined();
  });

  test('that a function fails on, or to anything else, is rejected', async () => {
    await expect(deliver(`${FUNCTION}-broken`, '{}')).rejects.toThrow(/work-broken failed: .*"no"/);
    await expect(deliver('arn:aws:sns:us-east-1:000000000000:topic', '{}')).rejects.toThrow(
      /sns.*neither a queue nor a function/,
    );
  });
});
