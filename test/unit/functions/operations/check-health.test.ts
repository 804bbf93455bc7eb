import '../../../support/platform/function-environment.ts';
import { expect, test } from 'vitest';
import { handler } from '../../../../functions/operations/check-health.ts';
import { apiEvent, lambdaContext } from '../../../support/api/invocations.ts';

test('Health says that the API answers, for caches too, and needs nothing for it', async () => {
  expect(await handler(apiEvent({ path: '/api/v1/health' }), lambdaContext(), () => {})).toMatchObject({
    statusCode: 200,
    headers: { 'Cache-Control': 'public, max-age=10' },
    body: '{"status":"ok"}',
  });
});
