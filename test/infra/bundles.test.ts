import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleDirOf, FUNCTION_NAMES, type FunctionName } from '../../lib/functions.ts';
import { ROOT, runProgram, synthesizedAssembly } from './support/assembly.ts';
import type { Invocation } from './support/invoke-bundle.ts';

const assembly = synthesizedAssembly();
const functionNamed = (name: string) =>
  assembly.all('AWS::Lambda::Function').find(({ properties }) => properties.Description === name)!;
const bundle = (name: FunctionName) => path.join(bundleDirOf(name), 'index.mjs');

interface State {
  Arguments?: { FunctionName?: string };
  Retry?: { ErrorEquals: string[] }[];
  Catch?: { ErrorEquals: string[] }[];
}
const states = readdirSync(path.join(ROOT, 'statemachines')).flatMap((saga) => {
  const { States } = JSON.parse(
    readFileSync(path.join(ROOT, 'statemachines', saga, 'definition.asl.json'), 'utf8'),
  ) as { States: Record<string, State> };
  return Object.entries(States);
});
const steps = states
  .filter(([, { Arguments }]) => Arguments?.FunctionName !== undefined)
  .map(([, { Arguments, Retry = [], Catch = [] }]) => {
    const [, name] = /^\$\{(\w+)FunctionArn\}$/.exec(Arguments!.FunctionName!)!;
    const verbNoun = name!.replace(/\B[A-Z]/g, '-$&').toLowerCase();
    return {
      step: FUNCTION_NAMES.find((name) => name.endsWith(`/${verbNoun}`))!,
      errors: [...Retry, ...Catch]
        .flatMap(({ ErrorEquals }) => ErrorEquals)
        .filter((error) => !/^(States|Lambda|Runtime|Sandbox)\./.test(error)),
    };
  });

/** The value of a parameter that a deployment does not name. */
const defaultOf = (value: unknown): string | undefined =>
  assembly.stateless.Parameters[assembly.target(value)]?.Default as string | undefined;

/** The variables that the template gives to a function, and nothing of this machine; what is a URL leads to `url`. */
function environmentOf(name: FunctionName, url: string): NodeJS.ProcessEnv {
  const valueOf = (variable: string, value: unknown): string => {
    if (typeof value === 'string') return value;
    const { 'Fn::Join': joined } = value as { 'Fn::Join'?: [string, unknown[]] };
    if (joined) return joined[1].map((part) => valueOf(variable, part)).join('');
    return /_URL$/.test(variable) || /(Url|Issuer)$/.test(assembly.target(value) ?? '')
      ? url
      : (defaultOf(value) ?? `the-${variable.toLowerCase()}`);
  };
  const variables = functionNamed(name).properties.Environment.Variables as Record<string, unknown>;
  return Object.fromEntries(Object.entries(variables).map(([variable, value]) => [variable, valueOf(variable, value)]));
}

interface Started {
  readonly loaded: boolean;
  readonly result?: unknown;
  readonly errorType?: string;
}

/** In a thread with an environment of its own, as on the embedded runtime. */
async function invoke(name: FunctionName, environment: NodeJS.ProcessEnv, event?: unknown): Promise<Started> {
  const compiled = process.env.NODE_COMPILE_CACHE;
  const thread = new Worker(path.join(ROOT, 'test/infra/support/invoke-bundle.ts'), {
    env: environment,
    workerData: { file: bundle(name), event, compiled } satisfies Invocation,
    // The function's log.
    stdout: true,
    stderr: true,
  });
  try {
    const [told] = (await once(thread, 'message')) as [string];
    return JSON.parse(told) as Started;
  } catch (error) {
    throw new Error(`${name} does not start: ${(error as Error).message}`, { cause: error });
  } finally {
    await thread.terminate();
  }
}

const known = new Map<FunctionName, Promise<Started>>();
/** Starts a bundle once for all tests that look at it; a step of a saga then gets an input that it refuses. */
function started(name: FunctionName): Promise<Started> {
  const event = steps.some(({ step }) => step === name) ? {} : undefined;
  const start = known.get(name) ?? invoke(name, environmentOf(name, 'http://127.0.0.1:9'), event);
  known.set(name, start);
  return start;
}

describe('Every bundle', () => {
  test('is within 400 KB', () => {
    expect(runProgram('bin/bundle.ts')).toMatch(`All ${FUNCTION_NAMES.length} bundles are within 400 KB.`);
  });

  test.each(FUNCTION_NAMES)(
    'starts with the environment that the template gives it, and needs nothing else: %s',
    async (name) => {
      expect(await started(name)).toMatchObject({ loaded: true });
    },
  );

  test.each(FUNCTION_NAMES)('does not import node:http as a module, which would load undici: %s', (name) => {
    expect(readFileSync(bundle(name), 'utf8')).not.toMatch(/(from|import\()"(node:)?http"/);
  });

  test.each(FUNCTION_NAMES)('keeps its source map beside it, so that traces name our lines: %s', (name) => {
    const { sources } = JSON.parse(readFileSync(`${bundle(name)}.map`, 'utf8')) as { sources: string[] };
    expect(sources.some((source) => source.endsWith(`functions/${name}.ts`))).toBe(true);
    expect(readFileSync(bundle(name), 'utf8')).toMatch(/\/\/# sourceMappingURL=index\.mjs\.map\s*$/);
  });
});

describe('Error names after minification', () => {
  test.each(steps)('are those that the state machine waits for: $step', ({ step, errors }) => {
    const code = readFileSync(bundle(step), 'utf8');
    expect(errors.filter((name) => !new RegExp(`["'\`]${name}["'\`]`).test(code))).toEqual([]);
  });

  test.each(steps)('reach the caller of $step', async ({ step }) => {
    expect(await started(step)).toMatchObject({ errorType: 'InvalidStepInput' });
  });
});

describe('Bundled SDK clients', () => {
  const requests: { target: string; headers: IncomingHttpHeaders }[] = [];
  const answers: Record<string, object> = {
    'DynamoDB_20120810.DescribeTable': { Table: { TableStatus: 'ACTIVE' } },
    'AWSStepFunctions.DescribeStateMachine': { status: 'ACTIVE' },
    'AWSEvents.DescribeEventBus': { Name: 'bus' },
  };
  let server: Server;
  let url: string;
  const OPERATOR = { principalId: 'O1', role: 'operator', scope: 'orders:read' };
  const credentials = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_SESSION_TOKEN: 'session-example',
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const target = String(request.headers['x-amz-target'] ?? request.url);
      requests.push({ target, headers: request.headers });
      response
        .setHeader('content-type', 'application/x-amz-json-1.0')
        .end(JSON.stringify(answers[target] ?? { jwks_uri: `${url}/keys` }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );

  const checkDependencies = async (extra: NodeJS.ProcessEnv) => {
    const environment = { ...environmentOf('operations/check-dependencies', url), AWS_ENDPOINT_URL: url, ...extra };
    const event = { httpMethod: 'GET', path: '/health/dependencies', requestContext: { authorizer: OPERATOR } };
    const { result } = (await invoke('operations/check-dependencies', environment, event)) as Started & {
      result: { body: string };
    };
    return (JSON.parse(result.body) as { status: string }).status;
  };

  test('sign with the credentials of the environment', async () => {
    expect(await checkDependencies(credentials)).toBe('ok');
    for (const target of Object.keys(answers)) {
      const { headers } = requests.find((request) => request.target === target)!;
      expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\//);
      expect(headers['x-amz-security-token']).toBe('session-example');
    }
  });

  test('send nothing without credentials', async () => {
    requests.length = 0;
    expect(await checkDependencies({ AWS_REGION: 'us-east-1' })).toBe('degraded');
    expect(requests.map(({ target }) => target).sort()).toEqual([
      '/.well-known/openid-configuration',
      '/health',
      '/health',
      '/keys',
    ]);
  });
});
