/** A platform is updated, and the update is taken back, while customers order: no order is lost, and executions end on the definition on which they began. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorClientConfig } from '../../launch/clients/operator.ts';
import { type Platform, startPlatform } from '../../launch/platform/platform.ts';
import type { Stack } from '../../local/assembly/template.ts';
import { Customers } from '../support/platform/customers.ts';
import { TEST_CONFIGURATION } from '../support/platform/instance.ts';
import { NEXT_RELEASE, nextRelease } from '../support/platform/next-release.ts';
import { eventually } from '../support/run/eventually.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'waybill-update-'));
const logDir = path.join(folder, 'logs');
let platform: Platform;
let states: SFNClient;
let released: readonly Stack[];
let saga: string;

beforeAll(async () => {
  platform = await startPlatform({
    dataDir: path.join(folder, 'data'),
    logDir,
    port: 0,
    parameters: { ConfigurationOverrides: JSON.stringify(TEST_CONFIGURATION) },
  });
  released = platform.runtime.stacks();
  saga = platform.runtime.outputs.OrderSagaMachineArn!;
  states = new SFNClient(operatorClientConfig(platform.runtime.endpointUrl));
});
afterAll(async () => {
  states.destroy();
  await platform.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const executionOf = (orderId: string) => `${saga.replace(':stateMachine:', ':execution:')}:${orderId}`;
const runningNow = async () => {
  const { executions = [] } = await states.send(
    new ListExecutionsCommand({ stateMachineArn: saga, statusFilter: 'RUNNING' }),
  );
  return executions.map(({ name }) => name!);
};

/** How the execution of an order has ended, and on which version, such as `SUCCEEDED on 2, the next release`. */
async function execution(orderId: string): Promise<string> {
  const executionArn = executionOf(orderId);
  const { status, stateMachineVersionArn = '' } = await states.send(new DescribeExecutionCommand({ executionArn }));
  const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }));
  const [first] = events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
  const version = stateMachineVersionArn.slice(stateMachineVersionArn.lastIndexOf(':') + 1);
  return `${status} on ${version}${first === NEXT_RELEASE.state ? ', the next release' : ''}`;
}

/** Functions that have loaded the code of the next release. */
const loadedNext = () =>
  readdirSync(logDir)
    .filter(
      (file) => file.endsWith('.log') && readFileSync(path.join(logDir, file), 'utf8').includes(NEXT_RELEASE.line),
    )
    .map((file) => file.replace(/^Waybill-\w+-|[0-9A-F]{8}\.log$/g, ''));

/** Customers order before, during and after a change. @returns how it went for the orders that were under way in its moment, and for those placed after it */
async function underLoad(change: () => Promise<void>) {
  const customers = new Customers(platform.runtime.url, { count: 4, pauseMs: 500 });
  // Those that wait for the carrier are under way for seconds.
  await customers.more(12);
  const underWay = await eventually('orders under way', async () => {
    const running = await runningNow();
    return running.length >= 3 ? running : undefined;
  });
  await change();
  const before = new Set(customers.placed);
  await customers.more(12);
  const ended = await customers.stop();
  const after = ended.map(({ orderId }) => orderId).filter((id) => !before.has(id));
  return {
    ended,
    underWay: await Promise.all(underWay.map(execution)),
    after: await Promise.all(after.map(execution)),
    all: await Promise.all(ended.map(({ orderId }) => execution(orderId))),
  };
}

const endsOf = (orders: readonly { readonly status: string; readonly reason?: string; readonly parked: boolean }[]) =>
  new Set(orders.map(({ status, reason, parked }) => [status, reason, parked && 'parked'].filter(Boolean).join(' ')));
/** As the customers' orders end where nothing is updated. */
const AS_EVER = new Set([
  'processing',
  'cancelled carrier_unavailable',
  'cancelled payment_declined',
  'cancelled address_refused',
]);

describe('An update under load', () => {
  test('loses no order; executions end on the definition on which they began, and later ones begin on the new one', async () => {
    const { ended, underWay, after, all } = await underLoad(async () => {
      await platform.runtime.update(nextRelease(released, folder));
    });
    expect(endsOf(ended)).toEqual(AS_EVER);
    expect(new Set(underWay)).toEqual(new Set(['SUCCEEDED on 1']));
    expect(new Set(after)).toEqual(new Set(['SUCCEEDED on 2, the next release']));
    expect(new Set(all)).toEqual(new Set(['SUCCEEDED on 1', 'SUCCEEDED on 2, the next release']));
    expect(loadedNext()).toEqual(
      expect.arrayContaining(['CreateOrder', 'AuthorisePayment', 'RelayOrderEvents', 'StartOrderSaga']),
    );
  });

  test('is taken back under load by a start on the release before, and no order is lost', async () => {
    const { ended, underWay, after } = await underLoad(() => platform.restart(released));
    expect(endsOf(ended)).toEqual(AS_EVER);
    expect(new Set(underWay)).toEqual(new Set(['SUCCEEDED on 2, the next release']));
    expect(new Set(after)).toEqual(new Set(['SUCCEEDED on 3']));
  });
});
