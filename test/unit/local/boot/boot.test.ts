import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BootOptions, type BusEvent, boot, type Runtime } from '../../../../local/boot.ts';
import { until } from '../../../support/run/eventually.ts';
import { writeApp } from './app.ts';

const folder = () => mkdtempSync(path.join(tmpdir(), 'boot-'));
const assemblyDir = folder();
let dataDir: string;
let runtime: Runtime | undefined;
const warnings: string[] = [];

beforeAll(() => writeApp(assemblyDir));
afterAll(() => rmSync(assemblyDir, { recursive: true }));
beforeEach(() => {
  dataDir = folder();
});
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
  rmSync(dataDir, { recursive: true });
  expect(warnings.splice(0)).toEqual([]);
});

async function start(options: Partial<BootOptions> = {}): Promise<Runtime> {
  runtime = await boot({
    assemblyDir,
    port: 0,
    parameters: { Greeting: 'Hello' },
    logDir: path.join(dataDir, 'logs'),
    warn: (message) => void warnings.push(message),
    ...options,
  });
  return runtime;
}

const submit = (id: string) => fetch(`${runtime!.url}/jobs`, { method: 'POST', body: JSON.stringify({ id }) });

const untilJob = (id: string, state: string) =>
  until(`${id} is ${state}`, async () => {
    const answer = await fetch(`${runtime!.url}/jobs/${id}`);
    return ((await answer.json()) as { state?: string }).state === state;
  });

describe('A booted assembly', () => {
  test('works from request to table, stream, bus, queue and state machine, each as its role allows', async () => {
    const { outputs, meter, endpointUrl } = await start();
    expect(outputs).toMatchObject({
      Greeted: 'Hello from App',
      MachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:App-Machine',
    });
    const seen: BusEvent[] = [];
    runtime!.onEvent((event) => seen.push(event));

    expect((await submit('j1')).status).toBe(202);
    await untilJob('j1', 'done');
    await until('the execution succeeded', () =>
      seen.some(
        ({ source, detail }) => source === 'aws.states' && detail.status === 'SUCCEEDED' && detail.name === 'j1',
      ),
    );
    expect(seen.filter(({ source }) => source === 'jobs')).toEqual([
      { source: 'jobs', detailType: 'JobSubmitted', time: expect.any(String), detail: { id: 'j1' } },
    ]);
    expect(meter.read()).toMatchObject({
      'apigateway.requests': { Jobs: expect.any(Number) },
      'states.transitions': { 'App-Machine': 3 },
      'lambda.invocations': { 'App-submit': 1, 'App-start': 1, 'App-finish': 2 },
      'events.published': { jobs: 1 },
    });

    const refused = await fetch(`${runtime!.url}/jobs`, { method: 'DELETE' });
    expect([refused.status, await refused.json()]).toEqual([
      403,
      {
        name: 'AccessDeniedException',
        message: expect.stringMatching(
          /^User: arn:aws:sts::000000000000:assumed-role\/App-forbiddenRole\/App-forbidden is not authorized to perform: dynamodb:DeleteItem/,
        ),
      },
    ]);
    expect(await (await fetch(`${endpointUrl}/_runtime/outputs`)).json()).toEqual(outputs);
  });

  test('keeps what it was told, and goes on with what was under way', async () => {
    await start({ dataDir });
    await submit('j1');
    await untilJob('j1', 'begun');
    await runtime!.close();

    await start({ dataDir });
    await untilJob('j1', 'done');
  });
});

describe('A start that cannot succeed', () => {
  test('because the port is in use says so, and leaves the data folder to the next', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(start({ dataDir, port })).rejects.toThrow(`Port ${port} is in use. Set PORT to another one`);
    await new Promise((resolve) => other.close(resolve));
    await start({ dataDir, port });
    expect(runtime!.url).toBe(`http://127.0.0.1:${port}`);
  });

  test('because another runtime has the data folder names its process', async () => {
    const holder = await start({ dataDir });
    await expect(start({ dataDir })).rejects.toThrow(`in use by process ${process.pid}`);
    expect(runtime).toBe(holder);
  });

  test('because a parameter is missing names it', async () => {
    await expect(start({ parameters: {} })).rejects.toThrow(/The parameter Greeting has no value/);
  });

  test('because nothing was synthesized says what to do', async () => {
    await expect(start({ assemblyDir: dataDir })).rejects.toThrow(/no cloud assembly.*Synthesize/);
  });
});
