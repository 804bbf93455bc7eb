/** The contract of the configuration's store, and what functions and SDK clients see of it, on Systems Manager as it is on one machine. */
import { GetParameterCommand, GetParameterHistoryCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SsmConfigurationVersions } from '../../functions/configuration/adapters/ssm-configuration-versions.ts';
import type { ConfigurationVersions } from '../../functions/configuration/application/ports.ts';
import { SsmParameterVersions } from '../../functions/shared/configuration/parameter-versions.ts';
import { awsJson } from '../../functions/shared/edge/aws-json.ts';
import { AwsEndpoint } from '../../local/endpoint/aws-endpoint.ts';
import { SsmService } from '../../local/ssm/service.ts';
import { InMemoryConfigurationVersions } from '../support/fakes/in-memory-configuration-versions.ts';
import { testContext } from '../support/runtime/service-context.ts';
import { VirtualClock } from '../support/runtime/virtual-clock.ts';

const clock = new VirtualClock();
const context = testContext(clock);
const endpoint = new AwsEndpoint(context);
let url: string;
let parameters = 0;

beforeAll(async () => {
  url = await endpoint.listen();
  endpoint.serve({
    services: [new SsmService(context, { onChange: () => {} })],
    iam: { authoriseRequest: () => {} },
    pages: () => ({ status: 404, headers: {}, body: '' }),
  });
});
afterAll(() => endpoint.close());

const call = () =>
  awsJson({
    service: 'ssm',
    target: 'AmazonSSM',
    timeoutMs: 10_000,
    environment: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: url,
    },
  });
const newName = () => `/test-${++parameters}/configuration`;

const STORES: readonly [string, () => ConfigurationVersions][] = [
  ['in memory', () => new InMemoryConfigurationVersions(() => clock.now())],
  ['Systems Manager', () => new SsmConfigurationVersions({ name: newName(), call: call() })],
];

describe.each(STORES)('The versions of the configuration: %s', (_, make) => {
  test('are none before the first change', async () => {
    expect(await make().all()).toEqual([]);
  });

  test('are all there, the oldest first, each with its number and its time', async () => {
    const versions = make();
    const written: { version: number; value: string; at: string }[] = [];
    for (let number = 1; number <= 60; number += 1) {
      expect(await versions.put(`value ${number}`)).toBe(number);
      written.push({ version: number, value: `value ${number}`, at: new Date(clock.now()).toISOString() });
      clock.advance(1_000);
    }
    const all = await versions.all();
    expect(all.map(({ version, value, at }) => ({ version, value, at }))).toEqual(written);
    expect(new Set(all.map(({ storedBy }) => storedBy)).size).toBe(1);
  });
});

describe('A function', () => {
  test('reads the newest version, or an older one, of what operators have put', async () => {
    const name = newName();
    const read = new SsmParameterVersions({ name, call: call() });
    expect(await read.newest()).toBeUndefined();
    const versions = new SsmConfigurationVersions({ name, call: call() });
    await versions.put('one');
    await versions.put('two');
    expect(await read.newest()).toEqual({ version: 2, value: 'two' });
    expect(await read.at(1)).toEqual({ version: 1, value: 'one' });
    expect(await read.at(9)).toBeUndefined();
  });
});

test('The SDK’s own client and ours see the same parameter', async () => {
  const Name = newName();
  const client = new SSMClient({
    endpoint: url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new PutParameterCommand({ Name, Value: 'by the SDK', Type: 'String' }));
  await new SsmConfigurationVersions({ name: Name, call: call() }).put('by us');
  const { Parameter } = await client.send(new GetParameterCommand({ Name }));
  expect(Parameter).toMatchObject({ Value: 'by us', Version: 2, LastModifiedDate: new Date(clock.now()) });
  const { Parameters } = await client.send(new GetParameterHistoryCommand({ Name }));
  expect(Parameters?.map(({ Value }) => Value)).toEqual(['by the SDK', 'by us']);
  await expect(client.send(new GetParameterCommand({ Name: newName() }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
  client.destroy();
});
