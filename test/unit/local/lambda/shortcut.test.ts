import { createRequire } from 'node:module';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { type FunctionsOnDisk, functionsOnDisk } from './functions-on-disk.ts';

const sdk = createRequire(import.meta.url).resolve('@aws-sdk/client-dynamodb');

/** Answers what it has learned, with its data and the caller's key, and reports each. */
const MODULE = `data:text/javascript,${encodeURIComponent(`
  export const open = (data, key, report) => {
    const learned = new Set();
    return {
      answer: ({ body }) => {
        if (!learned.has(body)) return undefined;
        report(body);
        return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify({ Item: { from: { S: data + key } } }) });
      },
      learn: ({ body }, { status }) => status === 200 && learned.add(body),
    };
  };`)}`;

let functions: FunctionsOnDisk;
const told: unknown[] = [];
beforeEach(async () => {
  told.length = 0;
  functions = await functionsOnDisk(new VirtualClock(), {
    endpointUrl: 'http://127.0.0.1:9',
    callEndpoint: async ({ body }) => {
      told.push(`endpoint ${body}`);
      return { status: 200, headers: {}, body: '{"Item":{"from":{"S":"endpoint"}}}' };
    },
    shortcut: () => ({
      module: MODULE,
      data: 'shortcut ',
      onReport: (report) => told.push(`report ${String(report)}`),
    }),
  });
});
afterEach(() => functions[Symbol.asyncDispose]());

test('a shortcut is asked first and learns from the endpoint, and its reports are there before the answer of the invocation', async () => {
  await functions.define(
    'caller',
    `import { DynamoDBClient, GetItemCommand } from '${sdk}';
     const client = new DynamoDBClient({ maxAttempts: 1 });
     export const handler = async () =>
       (await client.send(new GetItemCommand({ TableName: 't', Key: { id: { S: 'a' } } }))).Item.from.S;`,
  );
  expect((await functions.call('caller')).answer).toBe('endpoint');
  expect((await functions.call('caller')).answer).toBe('shortcut KEY-caller');
  const asked = '{"TableName":"t","Key":{"id":{"S":"a"}}}';
  expect(told).toEqual([`endpoint ${asked}`, `report ${asked}`]);
});

test('a report does not wait for the end of a long invocation', async () => {
  await functions.define(
    'caller',
    `import { DynamoDBClient, GetItemCommand } from '${sdk}';
     const client = new DynamoDBClient({ maxAttempts: 1 });
     const get = () => client.send(new GetItemCommand({ TableName: 't', Key: { id: { S: 'a' } } }));
     export const handler = async () => { await get(); await get(); await new Promise(() => setInterval(() => {}, 1_000)); };`,
  );
  const call = functions.call('caller').catch(() => 'ended with the test');
  while (told.length < 2) await new Promise(setImmediate);
  expect(told[1]).toMatch(/^report /);
  await functions.lambda.close();
  await call;
});
