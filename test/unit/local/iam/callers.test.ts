import { expect, test } from 'vitest';
import { Callers } from '../../../../local/iam/callers.ts';

const signedBy = (key: string) =>
  `AWS4-HMAC-SHA256 Credential=${key}/20261121/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=abc`;

const callers = new Callers();
callers.register('create-order', 'arn:aws:iam::000000000000:role/create-order');

test('A function is known by the key it was given', () => {
  const { accessKeyId } = callers.credentialsFor('create-order');
  expect(callers.identify(signedBy(accessKeyId))).toEqual({
    kind: 'function',
    functionName: 'create-order',
    roleArn: 'arn:aws:iam::000000000000:role/create-order',
  });
});

test('A function is found by its ARN, with or without an alias', () => {
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:create-order';
  expect(callers.ofFunction(arn).functionName).toBe('create-order');
  expect(callers.ofFunction(`${arn}:live`).functionName).toBe('create-order');
  expect(() => callers.ofFunction(`${arn}-2`)).toThrow(/no function .*create-order-2/);
});

test('The operator is known by a fixed key', () => {
  expect(callers.identify(signedBy('operator'))).toEqual({ kind: 'operator' });
});

test('An unknown key and a request without a signature are refused as AWS does', () => {
  expect(() => callers.identify(signedBy('AKIAFOREIGN'))).toThrow(
    expect.objectContaining({ code: 'UnrecognizedClientException', status: 403 }),
  );
  expect(() => callers.identify(undefined)).toThrow(
    expect.objectContaining({ code: 'MissingAuthenticationTokenException', status: 403 }),
  );
});
