import { describe, expect, test } from 'vitest';
import type { EndpointAnswer, JsonObject } from '../../../../local/contracts.ts';
import { FunctionCatalogue } from '../../../../local/lambda/catalogue.ts';
import { type LambdaApi, lambdaCall } from '../../../../local/lambda/rest.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:work';
const ROLE = 'arn:aws:iam::000000000000:role/work';

function api(functionNames: readonly string[] = ['work']) {
  const catalogue = new FunctionCatalogue();
  for (const functionName of functionNames) {
    catalogue.put(
      {
        functionName,
        arn: ARN.replace(/work$/, functionName),
        handlerFile: '/index.mjs',
        handlerExport: 'handler',
        timeoutMs: 3_000,
        memoryMb: 128,
        environment: { TABLE: 't' },
        told: { runtime: 'nodejs24.x', handler: 'index.handler' },
      },
      ROLE,
    );
  }
  const later: string[] = [];
  const lambda: LambdaApi = {
    catalogue,
    nameOf: (given) => given.split(':').at(-1)!,
    invoke: async (_, payload) => ({ statusCode: 200, payload, executedVersion: '$LATEST' }),
    invokeWithLog: async (_, payload) => ({
      result: { statusCode: 200, payload, executedVersion: '$LATEST' },
      tail: 'ZW5k',
    }),
    invokeLater: (name, payload) => void later.push(`${name} ${payload}`),
  };
  const ask = async (method: string, path: string, headers = {}, body = ''): Promise<EndpointAnswer> =>
    lambdaCall({ method, path, headers, body }, lambda)!.answer();
  const get = async (path: string): Promise<JsonObject> => JSON.parse((await ask('GET', path)).body) as JsonObject;
  return { catalogue, later, ask, get, lambda };
}

describe('An invocation', () => {
  const PATH = '/2015-03-31/functions/work/invocations';

  test('of type Event is accepted and answers nothing', async () => {
    const { ask, later } = api();
    const answer = await ask('POST', PATH, { 'x-amz-invocation-type': 'Event' }, '{"a":1}');
    expect(answer).toEqual({ status: 202, headers: {}, body: '' });
    expect(later).toEqual(['work {"a":1}']);
  });

  test('of type DryRun does nothing', async () => {
    const { ask, later } = api();
    expect((await ask('POST', PATH, { 'x-amz-invocation-type': 'DryRun' })).status).toBe(204);
    expect(later).toEqual([]);
  });

  test('tells the end of its log to callers that ask for it', async () => {
    const { ask } = api();
    expect((await ask('POST', PATH, { 'x-amz-log-type': 'Tail' })).headers).toMatchObject({
      'x-amz-log-result': 'ZW5k',
    });
    expect((await ask('POST', PATH)).headers).not.toHaveProperty('x-amz-log-result');
  });

  test('reaches a version or an alias that there is, and says which version ran', async () => {
    const { ask, catalogue } = api();
    catalogue.publish('work');
    catalogue.addAlias('work', 'live');
    const version = async (qualifier: string) =>
      (await ask('POST', `${PATH}?Qualifier=${qualifier}`)).headers['x-amz-executed-version'];
    expect([await version('live'), await version('1'), await version('$LATEST')]).toEqual(['1', '1', '$LATEST']);
    await expect(version('dead')).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
    await expect(ask('POST', PATH.replace('work', 'work:2'))).rejects.toMatchObject({
      message: `Function not found: ${ARN}:2`,
    });
  });

  test('of another type is refused', async () => {
    await expect(api().ask('POST', PATH, { 'x-amz-invocation-type': 'Maybe' })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
    });
  });

  test('reaches a function by its ARN', async () => {
    const answer = await api().ask('POST', `/2015-03-31/functions/${encodeURIComponent(ARN)}/invocations`);
    expect(answer).toMatchObject({ status: 200, body: '{}' });
  });
});

describe('The functions', () => {
  test('are listed in pages', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `f${String(index).padStart(2, '0')}`);
    const { get } = api(names);
    const first = await get('/2015-03-31/functions/');
    expect(first).toMatchObject({ NextMarker: '50' });
    const second = await get(`/2015-03-31/functions?Marker=${first['NextMarker'] as string}`);
    expect(second).not.toHaveProperty('NextMarker');
    expect([...(first['Functions'] as JsonObject[]), ...(second['Functions'] as JsonObject[])]).toHaveLength(60);
  });

  test('are described as their templates say', async () => {
    const { catalogue, get } = api();
    const configuration = {
      FunctionName: 'work',
      FunctionArn: ARN,
      Role: ROLE,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 3,
      MemorySize: 128,
      Environment: { Variables: { TABLE: 't' } },
      Version: '$LATEST',
    };
    expect(await get('/2015-03-31/functions/work/configuration')).toMatchObject(configuration);
    expect(await get('/2015-03-31/functions/work')).toMatchObject({ Configuration: configuration });
    catalogue.publish('work');
    expect(await get('/2015-03-31/functions/work?Qualifier=1')).toMatchObject({
      Configuration: { FunctionArn: `${ARN}:1`, Version: '1' },
    });
  });

  test('have versions and aliases', async () => {
    const { catalogue, get } = api();
    catalogue.publish('work');
    catalogue.addAlias('work', 'live');
    const versions = (await get('/2015-03-31/functions/work/versions'))['Versions'] as JsonObject[];
    expect(versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1']);
    const live = { Name: 'live', AliasArn: `${ARN}:live`, FunctionVersion: '1' };
    expect(await get('/2015-03-31/functions/work/aliases')).toMatchObject({ Aliases: [live] });
    expect(await get('/2015-03-31/functions/work/aliases/live')).toMatchObject(live);
    await expect(get('/2015-03-31/functions/work/aliases/dead')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
    });
  });

  test('say how they are invoked asynchronously, when a template does', async () => {
    const { catalogue, get } = api();
    const path = '/2019-09-25/functions/work/event-invoke-config';
    await expect(get(path)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    catalogue.configureAsync('work', { maximumRetryAttempts: 1, onFailureArn: 'arn:queue' });
    expect(await get(path)).toEqual({
      FunctionArn: `${ARN}:$LATEST`,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnSuccess: {}, OnFailure: { Destination: 'arn:queue' } },
    });
    expect(await get(`${path}/list`)).toMatchObject({ FunctionEventInvokeConfigs: [{ MaximumRetryAttempts: 1 }] });
  });
});

test('An operation that is not there is refused by name, and other paths are for others', () => {
  const { lambda } = api();
  const request = { headers: {}, body: '' };
  expect(() => lambdaCall({ ...request, method: 'POST', path: '/2015-03-31/functions' }, lambda)).toThrow(
    'The embedded Lambda does not have POST /2015-03-31/functions; it has Invoke, ListFunctions, GetFunction',
  );
  expect(() => lambdaCall({ ...request, method: 'GET', path: '/2018-10-31/layers' }, lambda)).toThrow(
    'The embedded Lambda does not have GET /2018-10-31/layers; it has Invoke',
  );
  expect(lambdaCall({ ...request, method: 'GET', path: '/2015-03-31/event-source-mappings' }, lambda)).toBeUndefined();
  expect(lambdaCall({ ...request, method: 'GET', path: '/_runtime/outputs' }, lambda)).toBeUndefined();
});
