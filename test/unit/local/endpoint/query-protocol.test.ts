import { expect, test } from 'vitest';
import { isQueryRequest, queryRefusal } from '../../../../local/endpoint/query-protocol.ts';

const request = (body: string, contentType = 'application/x-www-form-urlencoded; charset=utf-8') => ({
  method: 'POST',
  path: '/',
  headers: {
    'content-type': contentType,
    authorization: 'AWS4-HMAC-SHA256 Credential=operator/20260101/us-east-1/sns/aws4_request, SignedHeaders=host',
  },
  body,
});

test('A client of the query protocol is told in XML what there is not', () => {
  const { status, headers, body } = queryRefusal(request('Action=ListTopics&Version=2010-03-31'), 'r1');
  expect([status, headers['content-type']]).toEqual([400, 'text/xml']);
  expect(body).toContain(
    '<Code>InvalidAction</Code><Message>The runtime has no operation ListTopics of sns for clients',
  );
  expect(body).toContain('<RequestId>r1</RequestId>');
});

test('What it repeats of the request is text in XML', () => {
  expect(queryRefusal(request('Action=%3Ca%3E%26'), 'r1').body).toContain('operation &#60;a&#62;&#38; of');
});

test('Requests with JSON are of no such client', () => {
  expect(isQueryRequest(request('Action=ListTopics'))).toBe(true);
  expect(isQueryRequest(request('{}', 'application/x-amz-json-1.0'))).toBe(false);
});
