import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EndpointAnswer, EndpointRequest } from '../../../../local/contracts.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { type FunctionsOnDisk, functionsOnDisk } from './functions-on-disk.ts';

const sdk = createRequire(import.meta.url).resolve('@aws-sdk/client-dynamodb');

/** Nothing listens there: what reaches the endpoint has not gone over the network. */
const NOWHERE = 'http://127.0.0.1:9';

const asks: EndpointRequest[] = [];
let answer: (request: EndpointRequest) => Promise<EndpointAnswer>;
let functions: FunctionsOnDisk;

const ok = (content: object): EndpointAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(content),
});

beforeEach(async () => {
  asks.length = 0;
  functions = await functionsOnDisk(new VirtualClock(), {
    endpointUrl: NOWHERE,
    callEndpoint: (request) => {
      asks.push(request);
      return answer(request);
    },
  });
});
afterEach(async () => {
  await functions[Symbol.asyncDispose]();
});

const define = (body: string) =>
  functions.define(
    'caller',
    `
  import { DynamoDBClient, GetItemCommand } from '${sdk}';
  import { request } from 'node:http';
  const client = new DynamoDBClient({ maxAttempts: 1 });
  const get = (id, options) => client.send(new GetItemCommand({ TableName: 't', Key: { id: { S: id } } }), options);
  export const handler = async (event) => { ${body} };`,
  );

describe('an SDK client in a function', () => {
  test('asks the endpoint in the words and with the key that it would use over HTTP', async () => {
    answer = async () => ok({ Item: { id: { S: 'ü' }, text: { S: '漢字' } } });
    await define(`return (await get('ü')).Item;`);
    expect(await functions.call('caller')).toEqual({ answer: { id: { S: 'ü' }, text: { S: '漢字' } }, failed: false });
    expect(asks).toEqual([
      expect.objectContaining({ method: 'POST', path: '/', body: '{"TableName":"t","Key":{"id":{"S":"ü"}}}' }),
    ]);
    expect(asks[0]!.headers).toMatchObject({
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'content-type': 'application/x-amz-json-1.0',
      authorization: expect.stringContaining('Credential=KEY-caller/'),
    });
  });

  test('reads a refusal as its error', async () => {
    answer = async () => ({
      status: 400,
      headers: {},
      body: JSON.stringify({ __type: 'AccessDeniedException', message: 'No.' }),
    });
    await define(
      `try { await get('a'); } catch ({ name, message, $metadata }) { return [name, message, $metadata.httpStatusCode]; }`,
    );
    expect((await functions.call('caller')).answer).toEqual(['AccessDeniedException', 'No.', 400]);
  });

  test('gets each answer for the request that it is for', async () => {
    const answered = Promise.withResolvers<void>();
    answer = async ({ body }) => {
      const { id } = (JSON.parse(body) as { Key: { id: { S: string } } }).Key;
      // What is asked first is answered last.
      if (id.S === 'a') await answered.promise;
      if (id.S === 'c') answered.resolve();
      return ok({ Item: { id } });
    };
    await define(`return Promise.all(event.map(async (id) => (await get(id)).Item.id.S));`);
    expect((await functions.call('caller', ['a', 'b', 'c'])).answer).toEqual(['a', 'b', 'c']);
  });

  test('can give a request up, and is not disturbed by its late answer', async () => {
    const asked = Promise.withResolvers<void>();
    answer = async ({ body }) => {
      const { id } = (JSON.parse(body) as { Key: { id: { S: string } } }).Key;
      // The answer that nobody waits for any longer comes just before the next one.
      if (id.S === 'slow') await asked.promise;
      else asked.resolve();
      return ok({ Item: { id } });
    };
    await define(`
      const given = await get('slow', { abortSignal: AbortSignal.timeout(20) }).catch(({ name }) => name);
      return [given, (await get('quick')).Item.id.S];`);
    expect((await functions.call('caller')).answer).toEqual(['AbortError', 'quick']);
  });
});

test('what is no request of an SDK goes over the network', async () => {
  await define(
    `return new Promise((resolve) => request('${NOWHERE}/').on('error', ({ code }) => resolve(code)).end());`,
  );
  expect((await functions.call('caller')).answer).toBe('ECONNREFUSED');
  expect(asks).toEqual([]);
});
