import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OrdersClient } from '../../launch/clients/orders-client.ts';
import { type Deployment, deploy, destroy } from '../../launch/emulator/deployment.ts';
import { startMiniStack } from '../../launch/emulator/ministack.ts';
import { PROJECT_ROOT } from '../../launch/project-root.ts';
import { cdkOn } from '../../launch/tools/cdk.ts';
import { emulatedSynthesis } from '../../lib/emulator/synthesis.ts';
import { Customers } from '../support/platform/customers.ts';
import { type Emulated, startEmulator } from '../support/platform/emulator.ts';
import { executionsOf } from '../support/platform/executions.ts';
import { TEST_CONFIGURATION } from '../support/platform/instance.ts';
import { NEXT_RELEASE } from '../support/platform/next-release.ts';
import { bringBackMessagesAfter, resourcesAt } from './support/aws.ts';
import { nextAssembly } from './support/next-assembly.ts';

/** A deployment beside customers: only ends what hangs. */
const UPDATE_PATIENCE_MS = 900_000;
const MESSAGES_BACK_AFTER_SECONDS = 45;
/** An order waits for a partner as long as it takes there to start all functions on a busy machine, and not for hours. */
const WAIT_SECONDS = 150;
const CONFIGURATION = {
  ...TEST_CONFIGURATION,
  recovery: {
    ...TEST_CONFIGURATION.recovery,
    paymentWindowSeconds: WAIT_SECONDS,
    checkoutLimitSeconds: WAIT_SECONDS,
  },
};

let emulated: Emulated;
let deployment: Deployment;
const progress: string[] = [];
const warnings: string[] = [];

const deployNow = (): Promise<Deployment> => {
  progress.length = 0;
  const { emulator, folder } = emulated;
  return deploy({
    emulator,
    folder,
    parameters: { ConfigurationOverrides: JSON.stringify(CONFIGURATION) },
    onProgress: (step) => progress.push(step),
    warn: (text) => warnings.push(text),
  });
};

beforeAll(async () => {
  emulated = await startEmulator();
  deployment = await deployNow();
});
afterAll(async () => {
  await deployment.close();
  await emulated.close();
});

// In the order in which a person does this: each goes on with what the one before it has left.
describe('The app on MiniStack', () => {
  test('is the demo shop: each of its orders ends as it does on the embedded runtime', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['launch/demo/demo.ts'], {
      cwd: PROJECT_ROOT,
      env: { ...process.env, WAYBILL_URL: deployment.app.url, NODE_NO_WARNINGS: '1' },
    }).catch((error: { readonly stdout: string }) => error);
    expect(stdout, stdout).toMatch(/11 of 11 orders ended as expected/);
    expect(warnings).toEqual([]);
  });

  test('keeps its address: a second emulator is not started there', async () => {
    await expect(startMiniStack(emulated.emulator.url, emulated.folder)).rejects.toThrow('answers at');
  });

  test('stays as it is when it is deployed again without a change, and so do its partners', async () => {
    const { parameters } = deployment.partners;
    await deployment.close();
    deployment = await deployNow();
    expect(deployment.partners.parameters).toEqual(parameters);
    const stacks = progress.filter((step) => step.startsWith('Waybill-'));
    expect(stacks.filter((stack) => !stack.endsWith('(no changes)'))).toEqual([]);
    expect(stacks.length).toBeGreaterThan(1);
    expect(await new OrdersClient(deployment.app.url).healthy()).toBe(true);
  });

  test('is deployed again from another terminal while the first command goes on, with its partners', async () => {
    const second = await deployNow();
    expect(second.partners.areJoined).toBe(true);
    expect(second.partners.parameters).toEqual(deployment.partners.parameters);
    expect(progress.filter((step) => step.startsWith('Waybill-') && !step.endsWith('(no changes)'))).toEqual([]);
    await second.close();
    expect((await fetch(`${deployment.partners.issuerUrl}/health`)).ok).toBe(true);
    expect(deployment.partners.areJoined).toBe(false);
  });

  test(
    'loses no order when it is updated under load: functions with other settings, and an order saga that later executions begin on',
    async () => {
      const { emulator, folder } = emulated;
      // An update there ends functions at their work (`updatesUnderWay` in deviations/running.ts).
      await bringBackMessagesAfter(emulator.url, MESSAGES_BACK_AFTER_SECONDS);
      const next = nextAssembly(emulatedSynthesis(emulator.name).outdir!, folder);
      const customers = new Customers(deployment.app.url, { count: 2, pauseMs: 1_000 });
      await customers.more(6);
      await cdkOn(emulator.url)(['deploy', '--app', next, '--all', '--require-approval', 'never']);
      const before = customers.placed.length;
      await customers.more(6);
      const ended = await customers.stop();
      expect(ended.length).toBeGreaterThan(before);
      expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['processing', 'cancelled']));
      expect(ended.filter(({ parked }) => parked)).toEqual([]);
      const later = ended.at(-1)!.orderId;
      const ofLater = (await executionsOf(deployment.app)).filter(
        (history) => history.includes(later) && history.includes('ReserveInventory'),
      );
      expect(ofLater.length).toBeGreaterThan(0);
      expect(ofLater.filter((history) => !history.includes(NEXT_RELEASE.state))).toEqual([]);
    },
    UPDATE_PATIENCE_MS,
  );

  test('is gone with all its resources when it is destroyed', async () => {
    expect(Object.keys(await resourcesAt(emulated.emulator.url))).toEqual(
      expect.arrayContaining(['dynamodb', 'states', 'secretsmanager', 'events', 'sqs']),
    );
    await destroy(emulated.emulator, () => {});
    expect(await resourcesAt(emulated.emulator.url)).toEqual({});
  });
});

test('Nothing that answers is an emulator: the command says how to start one', async () => {
  const script = path.join(PROJECT_ROOT, 'launch/emulator/deploy.ts');
  const failure = await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9', NODE_NO_WARNINGS: '1' },
  }).catch((error: { readonly code: number; readonly stderr: string }) => error);
  expect(failure).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No emulator of AWS answers at http://127.0.0.1:9.') as string,
  });
});
