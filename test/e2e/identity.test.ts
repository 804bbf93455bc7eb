/** Callers over HTTP, with tokens of an issuer that is a program of its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { tokenFrom } from '../../launch/clients/tokens.ts';
import { orderBody, post } from '../support/api/order-requests.ts';
import { asOperator, bearer } from '../support/api/tokens.ts';
import { testWith } from '../support/platform/capabilities.ts';
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { until } from '../support/run/eventually.ts';
import { authoriserLogSince, CUSTOMER, callersOf } from './identity/callers.ts';
import { operationsConsole } from './identity/console.ts';
import { customers } from './identity/customers.ts';
import { refusedTokens } from './identity/refused-tokens.ts';
import { tokenCommand } from './identity/token-command.ts';

const run = promisify(execFile);
const platform = suitePlatform();
const callers = callersOf(platform);
const testKilled = testWith('a platform that is killed and goes on');

refusedTokens(platform, callers);
customers(platform, callers);
operationsConsole(platform);

test('Operators see every order if they have the scope for it, and none without', async () => {
  const withScope = (scope: string) => asOperator(platform.instance.url, scope);
  const read = async (scope: string) => callers.get(`orders/${callers.orderId}`, await withScope(scope));
  expect((await read('orders:read')).status).toBe(200);
  expect((await read('orders:approve orders:refund')).status).toBe(403);
  expect((await post(platform.instance.url, orderBody(), await withScope('orders:read'))).status).toBe(403);
});

test('When the issuer rotates its keys, tokens of both keys are accepted', async () => {
  const old = await tokenFrom(platform.instance.issuerUrl, { ...CUSTOMER, name: 'old' });
  expect((await callers.withToken(old)).status).toBe(200);
  await fetch(`${platform.instance.issuerUrl}/keys/rotate`, { method: 'POST' });
  const fresh = await tokenFrom(platform.instance.issuerUrl, { ...CUSTOMER, name: 'fresh' });
  // For an unknown key the authoriser asks the issuer again, at most every five seconds.
  await until('the fresh key is known', async () => (await callers.withToken(fresh)).status === 200);
  const another = await tokenFrom(platform.instance.issuerUrl, { ...CUSTOMER, name: 'fresh, too' });
  expect((await callers.withToken(another)).status).toBe(200);
  expect((await callers.withToken(old)).status).toBe(200);
});

tokenCommand(platform, callers);

testWith('the output and the files of npm start')(
  'The commands that npm start prints carry a token, and tokens stay valid over a restart',
  async () => {
    const printed = () => /TOKEN=(\S+)/.exec(platform.embedded.instance.output())![1]!;
    const before = printed();
    const mine = await bearer(platform.instance.url, CUSTOMER);
    expect((await callers.withToken(before)).status).toBe(200);
    const { issuerUrl } = platform.instance;
    await platform.embedded.killAndRestart();
    expect(platform.instance.issuerUrl).toBe(issuerUrl);
    expect((await callers.withToken(before)).status).toBe(200);
    expect((await callers.get(`orders/${callers.orderId}`, mine)).status).toBe(200);
  },
);

testKilled(
  'While the issuer does not answer, an authoriser that does not know its keys refuses nobody: 503',
  async () => {
    await platform.embedded.killAndRestart();
    const token = await tokenFrom(platform.instance.issuerUrl, CUSTOMER);
    // Stopped, not killed: the platform starts a partner that died again, and might do so before the authoriser has asked.
    const issuer = await issuerPid();
    process.kill(issuer, 'SIGSTOP');
    try {
      const answer = await callers.withToken(token);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await answer.json()).toMatchObject({ type: 'urn:waybill:problem:temporarily-unavailable', status: 503 });
      expect(await authoriserLogSince(platform, 0, /A token could not be checked/)).toMatch(
        /A token could not be checked/,
      );
      expect((await callers.get('health')).status).toBe(200);
    } finally {
      process.kill(issuer, 'SIGCONT');
    }
  },
);

/** The simulated issuer is a child of the platform. */
async function issuerPid(): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'pid=,args=', '--ppid', String(platform.embedded.instance.process.pid)]);
  return Number.parseInt(
    stdout
      .split('\n')
      .find((line) => line.includes('identity-provider'))!
      .trim(),
    10,
  );
}
