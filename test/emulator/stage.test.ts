/** `npm run deploy -- --stage dev` on MiniStack, as a person does it: each test goes on with what the one before it has left. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { APIGatewayClient, UpdateAccountCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorClientConfig } from '../../launch/clients/operator.ts';
import { seedCatalogue } from '../../launch/demo/seed.ts';
import { AwsAccount } from '../../launch/deploy/preflight/aws-account.ts';
import { emulatedApiUrl } from '../../launch/emulator/emulator.ts';
import { type Partners, startPartners } from '../../launch/platform/partners.ts';
import { PROJECT_ROOT } from '../../launch/project-root.ts';
import { buildApp } from '../../launch/tools/build.ts';
import { cdkOn } from '../../launch/tools/cdk.ts';
import { synthesisOf } from '../../lib/stages/synthesis.ts';
import { type Emulated, startEmulator } from '../support/platform/emulator.ts';
import { resourcesAt } from './support/aws.ts';

const ROLE = 'arn:aws:iam::000000000000:role/of-the-account';
let emulated: Emulated;
let partners: Partners;
let account: AwsAccount;
const url = () => emulated.emulator.url;

beforeAll(async () => {
  emulated = await startEmulator();
  const { folder } = emulated;
  await buildApp(() => {}, { stage: 'dev', emulator: 'ministack' });
  partners = await startPartners({ dataDir: folder, logDir: folder, channels: true, warn: () => {} });
  account = new AwsAccount(operatorClientConfig(url()));
});
afterAll(async () => {
  await partners.close();
  await emulated.close();
});

/** The command with these arguments, without a terminal. */
const deploy = (...args: string[]) =>
  new Promise<{ readonly code: number; readonly said: string }>((resolve) => {
    execFile(
      process.execPath,
      [path.join(PROJECT_ROOT, 'launch/deploy/deploy.ts'), '--stage', 'dev', ...args],
      { env: { ...process.env, AWS_ENDPOINT_URL: url(), NODE_NO_WARNINGS: '1' }, maxBuffer: 2 ** 28 },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
    );
  });
const parameters = () =>
  Object.entries(partners.parameters).flatMap(([name, value]) => ['--parameter', `${name}=${value}`]);

describe('The account', () => {
  test('that is new is told of with what it lacks, and nothing is deployed', async () => {
    const { code, said } = await deploy('--yes');
    expect(code).toBe(1);
    for (const line of [
      '✓ account: 000000000000',
      '✗ bootstrap of CDK: none; expected version',
      'npx cdk bootstrap aws://000000000000/us-east-1',
      '! concurrency of Lambda: 50 in all',
      '✗ API Gateway’s role for logs: none',
      '✗ parameter PaymentGatewayUrl: nothing; expected a value',
      'Nothing was deployed',
    ]) {
      expect(said).toContain(line);
    }
    expect(await resourcesAt(url())).toEqual({});
  });

  test('tells of itself as AWS does', async () => {
    const client = new APIGatewayClient(operatorClientConfig(url()));
    const patch = { op: 'replace', path: '/cloudwatchRoleArn', value: ROLE } as const;
    await client.send(new UpdateAccountCommand({ patchOperations: [patch] }));
    client.destroy();
    const { outdir = '' } = synthesisOf({ stage: 'dev', emulator: 'ministack' });
    await cdkOn(url())(['bootstrap', '--app', outdir, 'aws://000000000000/us-east-1']);
    expect(await account.caller()).toMatchObject({ account: '000000000000', region: 'us-east-1' });
    expect(await account.bootstrapVersion()).toBeGreaterThanOrEqual(6);
    expect(await account.concurrency()).toMatchObject({ limit: 50 });
    expect(await account.loggingRole()).toBe(ROLE);
    expect(await account.stacks('WaybillDev-')).toEqual([]);
  });
});

describe('A stage', () => {
  test('is shown by a dry run with what it costs, and nothing is deployed', async () => {
    const { code, said } = await deploy('--dry-run', ...parameters());
    expect({ code, said }).toMatchObject({ code: 0 });
    for (const line of [
      '✓ parameters: ',
      'WaybillDev-Stateful',
      'Idle: about $',
      '1,000 orders: at most $',
      'A dry run',
    ]) {
      expect(said).toContain(line);
    }
    expect(await resourcesAt(url())).toEqual({});
  });

  test('is not deployed unasked where nobody can be asked', async () => {
    const { code, said } = await deploy(...parameters());
    expect([code, said.trim().split('\n').at(-1)]).toEqual([
      1,
      'Nothing was deployed: there is no terminal to ask at. --yes deploys without asking.',
    ]);
  });

  test('is deployed, and says which credentials partners have to be told', async () => {
    const { code, said } = await deploy('--yes', ...parameters());
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(said).toMatch(/The stage dev is deployed\. {3}API: http/);
    // On AWS the ARN; what MiniStack has in its place: see deviations.
    expect(said).toMatch(/No order was placed: [\s\S]*PaymentGatewayCredentialArn: \S*PaymentGatewayCredential/);
    const stacks = await account.stacks('WaybillDev-');
    expect(stacks.map(({ name }) => name)).toContain('WaybillDev-Stateless');
    expect(new Set(stacks.map(({ status }) => status))).toEqual(new Set(['CREATE_COMPLETE']));
    const stateless = stacks.find(({ name }) => name === 'WaybillDev-Stateless');
    expect(stateless?.parameters).toMatchObject({ AuthoriserConcurrency: '0', OidcAudience: 'waybill' });
  });

  test('is tried by an order when it is deployed again, with the parameters that it has', async () => {
    const stacks = await account.stacks('WaybillDev-');
    const outputs = Object.assign({}, ...stacks.map((stack) => stack.outputs)) as Record<string, string>;
    const app = { outputs, endpointUrl: url(), url: emulatedApiUrl(url(), outputs.ApiUrl!) };
    await partners.introduceTo(app);
    await seedCatalogue(app);
    const { code, said } = await deploy('--yes');
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(said).toMatch(/order \S+ is confirmed after [\d.]+ s/);
    expect(said).toMatch(/and cancelled after [\d.]+ s/);
  });
});
