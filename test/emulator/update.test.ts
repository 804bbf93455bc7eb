/** The app on MiniStack is updated while customers order: functions with other settings, and an order saga that begins with another state. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Deployment, deploy } from '../../launch/emulator/deployment.ts';
import { cdkOn } from '../../launch/tools/cdk.ts';
import { emulatedSynthesis } from '../../lib/emulator/synthesis.ts';
import { Customers } from '../support/platform/customers.ts';
import { type Emulated, startEmulator } from '../support/platform/emulator.ts';
import { executionsOf } from '../support/platform/executions.ts';
import { TEST_CONFIGURATION } from '../support/platform/instance.ts';
import { NEXT_RELEASE } from '../support/platform/next-release.ts';
import { nextAssembly } from './support/next-assembly.ts';

/** Two deployments beside customers: only ends what hangs. */
const PATIENCE_MS = 900_000;

let emulated: Emulated;
let deployment: Deployment;

beforeAll(async () => {
  emulated = await startEmulator();
  const { emulator, folder } = emulated;
  const parameters = { ConfigurationOverrides: JSON.stringify(TEST_CONFIGURATION) };
  deployment = await deploy({ emulator, folder, parameters, onProgress: () => {}, warn: () => {} });
});
afterAll(async () => {
  await deployment.close();
  await emulated.close();
});

test(
  'An update under load loses no order, and later executions begin on the new definition',
  async () => {
    const { emulator, folder } = emulated;
    const next = nextAssembly(emulatedSynthesis(emulator.name).outdir!, folder);
    const customers = new Customers(deployment.app.url, { count: 3, pauseMs: 1_000 });
    await customers.more(8);
    await cdkOn(emulator.url)(['deploy', '--app', next, '--all', '--require-approval', 'never']);
    const before = customers.placed.length;
    await customers.more(8);
    const ended = await customers.stop();
    expect(ended.length).toBeGreaterThan(before);
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['processing', 'cancelled']));
    expect(ended.filter(({ parked }) => parked)).toEqual([]);
    const [later] = ended.slice(-1);
    const histories = await executionsOf(deployment.app);
    const ofLater = histories.filter(
      (history) => history.includes(later!.orderId) && history.includes('ReserveInventory'),
    );
    expect(ofLater.length).toBeGreaterThan(0);
    expect(ofLater.filter((history) => !history.includes(NEXT_RELEASE.state))).toEqual([]);
  },
  PATIENCE_MS,
);
