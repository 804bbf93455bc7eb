import { DynamoDBClient, type DynamoDBClientConfig, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { RequestHash } from '../../../../../functions/shared/edge/request-hash.ts';
import { sdkClient } from '../../../../../functions/shared/edge/sdk-client.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function keyed(key: string | Uint8Array | ArrayBuffer, text: string): Promise<Uint8Array> {
  const hash = new RequestHash(key);
  hash.update(bytesOf(text));
  return hash.digest();
}

describe('The hash of requests', () => {
  test('is SHA-256, of nothing too', async () => {
    expect(hex(await new RequestHash().digest())).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  test("derives the signing key of AWS's own example, from text and from bytes", async () => {
    const ofDate = await keyed('AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', '20150830');
    const ofRegion = await keyed(ofDate, 'us-east-1');
    const ofService = await keyed(ofRegion.slice().buffer, 'iam');
    expect(hex(await keyed(ofService, 'aws4_request'))).toBe(
      'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9',
    );
  });

  test('is the same whether it gets its text whole or in parts, and after a reset', async () => {
    const hash = new RequestHash('key');
    hash.update(bytesOf('what is given up'));
    hash.reset();
    hash.update(bytesOf('a request '));
    hash.update(bytesOf('in two parts'));
    expect(hex(await hash.digest())).toBe(hex(await keyed('key', 'a request in two parts')));
  });

  test('is of its own text, whatever another one with the same key was of', async () => {
    const [one, other, again] = [await keyed('key', 'one'), await keyed('key', 'other'), await keyed('key', 'one')];
    expect(hex(other)).not.toBe(hex(one));
    expect(hex(again)).toBe(hex(one));
    expect(hex(await keyed('another key', 'one'))).not.toBe(hex(one));
  });

  test('tells keys apart that are alike but for their bytes', async () => {
    const [one, other] = await Promise.all([keyed(bytesOf('a'), 'text'), keyed(bytesOf('b'), 'text')]);
    expect(hex(one)).not.toBe(hex(other));
    expect(hex(await keyed(bytesOf('a'), 'text'))).toBe(hex(one));
  });
});

describe('A client of a function', () => {
  test('hashes with ours, copies no request for a log and keeps the configuration that it was given', async () => {
    const logged: unknown[] = [];
    const ignore = () => {};
    const sent: { headers: Record<string, string> }[] = [];
    const config: DynamoDBClientConfig = {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
      logger: {
        debug: ignore,
        warn: ignore,
        error: ignore,
        info: (...what) => {
          logged.push(what);
        },
      },
      requestHandler: {
        handle: async (request: { headers: Record<string, string> }) => {
          sent.push(request);
          return { response: { statusCode: 200, headers: {}, body: Buffer.from('{"Item":{"id":{"S":"a"}}}') } };
        },
      } as never,
    };
    const client = sdkClient(DynamoDBClient, config);
    const { Item } = await client.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: 'a' } } }));
    expect(Item).toEqual({ id: { S: 'a' } });
    expect(sent[0]!.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, .*Signature=[0-9a-f]{64}$/,
    );
    expect(sent[0]!.headers['user-agent']).toMatch(/^waybill/);
    expect(logged).toEqual([]);
    await client.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: 'b' } } }));
    expect(new Set(sent.map(({ headers }) => headers.authorization)).size).toBe(2);
    expect(await client.config.signer()).toBe(await client.config.signer());
    expect(client.config.sha256).toBe(RequestHash);
  });
});
