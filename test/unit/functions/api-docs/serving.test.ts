import '../../../support/platform/function-environment.ts';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { apiEvent, lambdaContext } from '../../../support/api/invocations.ts';

const { handler: getDocument } = await import('../../../../functions/api-docs/get-document.ts');
const { handler: getPage } = await import('../../../../functions/api-docs/get-page.ts');

const ask = async (handler: typeof getDocument, headers: Record<string, string> = {}) =>
  await (handler as (event: unknown, context: unknown) => Promise<APIGatewayProxyResult>)(
    apiEvent({ headers }),
    lambdaContext(),
  );

describe.each([
  ['The API document', getDocument, 'application/json', /^\{"openapi":"3\.1\.0"/],
  ['The page', getPage, 'text/html; charset=utf-8', /^<!doctype html>/],
] as const)('%s', (_, handler, type, beginning) => {
  test('is served as it is, and may be kept for some minutes', async () => {
    const answer = await ask(handler);
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: {
        'Content-Type': type,
        'Cache-Control': 'public, max-age=300',
        ETag: expect.stringMatching(/^"[\w-]{22}"$/),
      },
    });
    expect(answer.body).toMatch(beginning);
  });

  test('is confirmed with 304 to clients that have it, in each form of If-None-Match, and sent to all others', async () => {
    const tag = String((await ask(handler)).headers!.ETag);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      expect(await ask(handler, { 'If-None-Match': known })).toMatchObject({
        statusCode: 304,
        body: '',
        headers: { ETag: tag },
      });
    }
    for (const other of ['"other"', '', 'other', tag.slice(0, -2)]) {
      expect(await ask(handler, { 'if-none-match': other })).toMatchObject({ statusCode: 200 });
    }
  });
});
