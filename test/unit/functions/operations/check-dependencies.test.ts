import '../../../support/platform/function-environment.ts';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { stateMachine, table } from '../../../../functions/operations/adapters/aws-dependencies.ts';
import { partner } from '../../../../functions/operations/adapters/partner.ts';
import { tokenIssuer } from '../../../../functions/operations/adapters/token-issuer.ts';
import type { Dependency } from '../../../../functions/operations/application/ports.ts';
import { makeHandler } from '../../../../functions/operations/check-dependencies.ts';
import type { Health } from '../../../../functions/operations/domain/dependency-health.ts';
import { apiEvent, customer, lambdaContext, operator } from '../../../support/api/invocations.ts';

const well = (name: string): Dependency => ({ name, probe: async () => {} });
const ill = (name: string, error: Error): Dependency => ({
  name,
  probe: async () => {
    throw error;
  },
});

async function check(dependencies: readonly Dependency[], timeoutMs = 1_000): Promise<Health & { statusCode: number }> {
  const { statusCode, body } = await makeHandler({ dependencies, timeoutMs, now: () => 0 })(
    apiEvent({ path: '/api/v1/health/dependencies', caller: operator('orders:read') }),
    lambdaContext(),
  );
  return { statusCode, ...(JSON.parse(body) as Health) };
}

describe('The check of dependencies', () => {
  test('is for operators, and asks nothing for others', async () => {
    const asked: string[] = [];
    const dependencies = [{ name: 'order-log', probe: async () => void asked.push('order-log') }];
    const handler = makeHandler({ dependencies, timeoutMs: 1_000, now: () => 0 });
    for (const caller of [customer(), operator('orders:refund')]) {
      expect((await handler(apiEvent({ caller }), lambdaContext())).statusCode).toBe(403);
    }
    expect(asked).toEqual([]);
  });

  test('is 200 and ok when every dependency is', async () => {
    expect(await check([well('order-log'), well('carrier')])).toEqual({
      statusCode: 200,
      status: 'ok',
      dependencies: [
        { name: 'order-log', status: 'ok', latencyMs: 0 },
        { name: 'carrier', status: 'ok', latencyMs: 0 },
      ],
    });
  });

  test('is 200 and degraded when one is not, and says which and why', async () => {
    expect(await check([well('order-log'), ill('carrier', new Error('It answers 500.'))])).toMatchObject({
      statusCode: 200,
      status: 'degraded',
      dependencies: [
        { name: 'order-log', status: 'ok' },
        { name: 'carrier', status: 'unavailable', detail: 'It answers 500.' },
      ],
    });
  });

  test('gives each dependency its own time, stops asking when that is over, and waits for none longer', async () => {
    let stopped = false;
    const silent: Dependency = {
      name: 'payment-gateway',
      probe: (signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            stopped = true;
            reject(new Error('aborted'));
          }),
        ),
    };
    expect(await check([silent, well('carrier')], 20)).toMatchObject({
      dependencies: [{ status: 'unavailable', detail: 'No answer within 20 ms.' }, { status: 'ok' }],
    });
    expect(stopped).toBe(true);
  });

  test('does not repeat what an SDK says: it names ids and addresses', async () => {
    const error = Object.assign(new Error('arn:aws:dynamodb:us-east-1:000000000000:table/x'), {
      name: 'ResourceNotFoundException',
    });
    expect(await check([ill('order-log', error)])).toMatchObject({
      dependencies: [{ detail: 'ResourceNotFoundException' }],
    });
  });
});

describe('What counts as well', () => {
  const answering = <Client>(answer: object) => ({ send: async () => answer }) as unknown as Client;
  const probe = (dependency: Dependency) => dependency.probe(AbortSignal.timeout(1_000));

  test.each(['ACTIVE', 'UPDATING'])('is a table that is %s', async (TableStatus) => {
    const found = table('order-log', 't', answering<DynamoDBClient>({ Table: { TableStatus } }));
    await expect(probe(found)).resolves.toBeUndefined();
  });

  test.each(['CREATING', 'DELETING', 'ARCHIVED'])('is not a table that is %s', async (TableStatus) => {
    const found = table('order-log', 't', answering<DynamoDBClient>({ Table: { TableStatus } }));
    await expect(probe(found)).rejects.toThrow(TableStatus);
  });

  test('is not a state machine that is being deleted', async () => {
    await expect(
      probe(stateMachine('order-saga', 'arn', answering<SFNClient>({ status: 'DELETING' }))),
    ).rejects.toThrow('DELETING');
  });

  test('is an issuer whose keys can be had, and no other', async () => {
    const server = createServer((request, response) => {
      const { port } = server.address() as AddressInfo;
      const answers: Record<string, [number, object]> = {
        '/good/.well-known/openid-configuration': [200, { jwks_uri: `http://127.0.0.1:${port}/keys` }],
        '/moved/.well-known/openid-configuration': [200, { jwks_uri: `http://127.0.0.1:${port}/nowhere` }],
        '/other/.well-known/openid-configuration': [200, {}],
        '/open/.well-known/openid-configuration': [200, { jwks_uri: `http://issuer.example:${port}/keys` }],
        '/keys': [200, { keys: [] }],
      };
      const [status, body] = answers[request.url!] ?? [404, {}];
      response.writeHead(status).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const at = (name: string) =>
        probe(tokenIssuer('token-issuer', `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`));
      await expect(at('good')).resolves.toBeUndefined();
      await expect(at('moved')).rejects.toThrow('It answers 404.');
      await expect(at('other')).rejects.toThrow('names no keys');
      await expect(at('open')).rejects.toThrow('names no keys');
      await expect(at('none')).rejects.toThrow('It answers 404.');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test.each([
    [200, true],
    [404, true],
    [401, true],
    [503, false],
  ])('is a partner that answers GET /health with %d: %s', async (status, isWell) => {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(`${request.method} ${request.url}`);
      response.writeHead(status).end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const seen = await probe(partner('carrier', `http://127.0.0.1:${port}`)).then(
        () => true,
        () => false,
      );
      expect(seen).toBe(isWell);
      expect(paths).toEqual(['GET /health']);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
