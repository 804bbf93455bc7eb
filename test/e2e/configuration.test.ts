import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { awsJson } from '../../functions/shared/edge/aws-json.ts';
import { operatorEnvironment } from '../../launch/clients/operator.ts';
import { finalOrder, place } from '../support/api/order-requests.ts';
import { asCustomer } from '../support/api/tokens.ts';
import { has, testWith } from '../support/platform/capabilities.ts';
import { logOf } from '../support/platform/running.ts';
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { until } from '../support/run/eventually.ts';
import { locations } from './configuration/locations.ts';
import { promises } from './configuration/promises.ts';
import { restockingFee } from './configuration/restocking-fee.ts';
import { shortStock } from './configuration/short-stock.ts';

const platform = suitePlatform({ cache: { configurationSeconds: 1 } });
const FILES = 'the output and the files of npm start';
const FILE = 'ssm/Waybill-Stateless/configuration';

/** `npm run config` with these arguments. */
const config = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      ['launch/config/config.ts', ...args],
      { env: { ...process.env, NODE_OPTIONS: '', WAYBILL_URL: platform.instance.url } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });

/** The size of the bucket of a caller who has just come. */
async function burst(): Promise<number> {
  const customer = randomUUID();
  const answer = await fetch(`${platform.instance.url}/api/v1/orders/customer/${customer}`, {
    headers: await asCustomer(platform.instance.url, customer),
  });
  return Number(answer.headers.get('ratelimit-limit'));
}

/** A person changes the parameter past the API: on this machine in its file, elsewhere in Systems Manager. */
async function edit(text: string): Promise<void> {
  if (has(FILES)) return writeFileSync(path.join(platform.embedded.dataDir, FILE), text);
  const { endpointUrl } = platform.instance;
  const environment = operatorEnvironment(endpointUrl);
  const ssm = awsJson({ service: 'ssm', target: 'AmazonSSM', timeoutMs: 5_000, environment });
  await ssm('PutParameter', { Name: '/Waybill-Stateless/configuration', Value: text, Type: 'String', Overwrite: true });
}

describe('An operator', () => {
  test('changes settings, and they take effect without a restart', async () => {
    expect(JSON.parse((await config('get', 'limiter.callers.burst')).out)).toBe(100);
    const set = await config(
      ...[
        'set',
        'limiter.callers.burst=77',
        'partners.carrier.timeoutMs=3000',
        '--reason',
        'A busy day.',
        '--as',
        'O7',
      ],
    );
    expect(set).toEqual({
      code: 0,
      err: '',
      out: '  limiter.callers.burst: 100 → 77\n  partners.carrier.timeoutMs: 2000 → 3000\nThis is version 1.\n',
    });
    await until('the limit of 77', async () => (await burst()) === 77);
  });

  test('reaches the steps of sagas as well', async () => {
    await finalOrder(platform.instance.url, await place(platform.instance.url));
    await until('the step tells what it has found', async () =>
      (await logOf(platform.instance, 'CreateShipment')).includes(
        '"settings":["limiter.callers.burst","partners.carrier.timeoutMs"]',
      ),
    );
  });

  test('is told every fault of a wrong document, and nothing changes', async () => {
    const wrong = await config(
      ...['set', 'breaker.openSeconds=0', 'breaker.probe=3', 'retries.attempts=1', '--reason', 'A mistake.'],
    );
    expect(wrong).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(
        /nothing was changed:\n {2}breaker\.openSeconds: .*\n {2}breaker\.probe: .*\n {2}retries: .*\n$/,
      ),
    });
    expect((await config('history')).out.split('\n')).toHaveLength(4);
  });

  test.each([
    [['set', 'breaker.probes=3', '--reason', ' '], /^--reason is needed: the history says why\.\n$/],
    [['set', 'breaker.probes=3', '--reason', 'x'.repeat(2_000)], /nothing was changed:\n {2}reason: /],
    [['get', 'breaker.probes', 'breaker.openSeconds'], /^"breaker\.openSeconds" is one word too many\.\nUsage: /],
  ])('is told what is wrong with the words of a command: %j', async (words, reason) => {
    expect(await config(...words)).toEqual({ code: 1, out: '', err: expect.stringMatching(reason) });
  });

  test('finds each change in the history', async () => {
    expect((await config('history')).out).toMatch(
      /^1 {2}\S+ {2}O7: A busy day\.\n {2}limiter\.callers\.burst: 100 → 77\n {2}partners\.carrier\.timeoutMs: 2000 → 3000\n$/,
    );
  });

  testWith(FILES)('sees each change among the printed events', async () => {
    const { instance } = platform.embedded;
    await until('the change is printed', () => /ConfigurationChanged.*author O7/.test(instance.output()));
  });
});

describe('A person who edits the parameter', () => {
  test('changes the settings of the running platform', async () => {
    await edit('{"settings": {"limiter": {"callers": {"burst": 55}}}}');
    await until('the limit of 55', async () => (await burst()) === 55);
    expect((await config('history', '--limit', '1')).out).toContain('partners.carrier.timeoutMs: 3000 → 2000');
  });

  test('changes nothing with a mistake, and is told of it', async () => {
    await edit('{"settings": {"limiter": {"callers": {"burst": -1}}}}');
    await until('the mistake is told', async () =>
      (await config('get', 'limiter.callers.burst')).err.includes('is wrong'),
    );
    expect((await config('get', 'limiter.callers.burst')).out).toBe('55\n');
    expect(await burst()).toBe(55);
  });

  test('mends it with the next assignment, which starts from the settings in force', async () => {
    expect(await config('set', 'breaker.probes=3', '--reason', 'A correction.')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^ {2}breaker\.probes: 2 → 3\nThis is version \d+\.\n$/),
      err: expect.stringContaining('is wrong, and the last good one before it is in force: limiter.callers.burst: '),
    });
    expect(await config('get', 'limiter.callers.burst')).toEqual({ code: 0, out: '55\n', err: '' });
  });
});

shortStock(platform, config);
locations(platform, config);
restockingFee(platform, config);
promises(platform, config);
