import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { documents } from '../../../../../functions/shared/edge/document-client.ts';
import { sdkClient } from '../../../../../functions/shared/edge/sdk-client.ts';

interface Sent {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A client whose table gives every item that it is asked for, and refuses to store what is called `there`. */
function clientOfATable() {
  const sent: { input: { Item?: object; Key?: { id: { S: string } } }; signal: unknown }[] = [];
  const answerTo = ({ Item, Key }: (typeof sent)[number]['input']): [status: number, content: object] => {
    if (Key !== undefined) return [200, { Item: { ...Key, amount: { N: '7' } } }];
    return JSON.stringify(Item).includes('there')
      ? [400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'It is there.' }]
      : [200, {}];
  };
  const client = sdkClient(DynamoDBClient, {
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ body }: Sent, { abortSignal }: { abortSignal?: unknown } = {}) => {
        const input = JSON.parse(String(body)) as (typeof sent)[number]['input'];
        sent.push({ input, signal: abortSignal });
        const [statusCode, content] = answerTo(input);
        return { response: { statusCode, headers: {}, body: Buffer.from(JSON.stringify(content)) } };
      },
    } as never,
  });
  return { db: documents(client), sent };
}

const put = (id: string) => new PutCommand({ TableName: 'orders', Item: { id, left: undefined, units: [1, 2] } });
const get = (id: string) => new GetCommand({ TableName: 'orders', Key: { id } });

describe('The document client', () => {
  test('sends each command with its own input, also when it has sent others of the kind', async () => {
    const { db, sent } = clientOfATable();
    await db.send(put('a'));
    await db.send(put('b'));
    expect(sent.map(({ input }) => input.Item)).toEqual(
      ['a', 'b'].map((id) => ({ id: { S: id }, units: { L: [{ N: '1' }, { N: '2' }] } })),
    );
  });

  test('answers each of several at once with its own item, as a plain object', async () => {
    const { db } = clientOfATable();
    const found = await Promise.all(['a', 'b', 'c'].map((id) => db.send(get(id))));
    expect(found.map(({ Item }) => Item)).toEqual(['a', 'b', 'c'].map((id) => ({ id, amount: 7 })));
  });

  test('throws what was refused, and goes on with the next command of the kind', async () => {
    const { db, sent } = clientOfATable();
    await db.send(put('a'));
    await expect(db.send(put('there'))).rejects.toThrow(ConditionalCheckFailedException);
    await db.send(put('b'));
    expect(sent).toHaveLength(3);
  });

  test('hands on the signal of a call, and to no other call', async () => {
    const { db, sent } = clientOfATable();
    const { signal } = new AbortController();
    await db.send(get('a'));
    await db.send(get('b'), { abortSignal: signal });
    await db.send(get('c'));
    expect(sent.map((one) => one.signal)).toEqual([undefined, signal, undefined]);
  });
});
