/** Who may call, over HTTP, with tokens of an issuer that is a program of its own. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { CONTRACTS } from '../../functions/published/contracts.ts';
import { tokenFrom } from '../../launch/tokens.ts';
import { callApi } from '../support/api/client.ts';
import { asCustomer, asOperator, bearer, type Headers } from '../support/api/tokens.ts';
import { newKey, tokenBy, unsigned } from '../support/fakes/token-issuer.ts';
import { finalOrder, orderBody, place, post } from '../support/orders/order-requests.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '../..');
const customer = { sub: 'C1', role: 'customer' };

let instance: Instance;
let orderId: string;
const dataDir = temporaryDataDir();

beforeAll(async () => {
  instance = await startInstance(dataDir);
  orderId = await place(instance.url);
  await finalOrder(instance.url, orderId);
}, 90_000);

afterAll(async () => {
  await instance?.interrupt();
  removeDataDir(dataDir);
}, 30_000);

const get = (route: string, headers: Headers = {}) => callApi(instance.url, `/${route}`, { headers });
const withToken = (token: string) => get(`orders/${orderId}`, { authorization: `Bearer ${token}` });
const logs = path.join(dataDir, 'logs');
const authoriserLog = (): string => {
  const file = readdirSync(logs).find((name) => name.includes('AuthoriseRequest'));
  return file === undefined ? '' : readFileSync(path.join(logs, file), 'utf8');
};
/** A function's log is written a moment after its answer. */
async function loggedSince(length: number, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + 5_000;
  while (!pattern.test(authoriserLog().slice(length)) && Date.now() < deadline) await sleep(20);
  return authoriserLog().slice(length);
}

describe('A request without a good token', () => {
  const seconds = Math.floor(Date.now() / 1_000);
  const claims = () => ({
    iss: instance.issuerUrl,
    aud: 'waybill',
    sub: 'C1',
    role: 'customer',
    iat: seconds,
    exp: seconds + 600,
  });
  const publishedKey = async () =>
    ((await (await fetch(`${instance.issuerUrl}/keys`)).json()) as { keys: [{ kid: string }] }).keys[0].kid;
  const cases: readonly (readonly [string, () => string | Promise<string>, RegExp])[] = [
    ['garbage', () => 'garbage', /ERR_JWS_INVALID/],
    ['expired', () => tokenFrom(instance.issuerUrl, { ...customer, expires_in: -60 }), /ERR_JWT_EXPIRED/],
    ['for another audience', () => tokenFrom(instance.issuerUrl, { ...customer, audience: 'others' }), /aud/],
    ['alg none', async () => unsigned({ alg: 'none', kid: await publishedKey() }, claims()), /ALG_NOT_ALLOWED/],
    ['of a key of its own', async () => tokenBy(await newKey('ghost'), claims(), Date.now()), /NO_MATCHING_KEY/],
    [
      'of a key of its own under a published name',
      async () => tokenBy(await newKey(await publishedKey()), claims(), Date.now()),
      /SIGNATURE_VERIFICATION_FAILED/,
    ],
    [
      'with claims that were changed',
      async () => {
        const [header, , signature] = (await tokenFrom(instance.issuerUrl, customer)).split('.');
        return [
          header,
          unsigned({}, { ...claims(), role: 'operator', scope: 'orders:read' }).split('.')[1],
          signature,
        ].join('.');
      },
      /SIGNATURE_VERIFICATION_FAILED/,
    ],
    ['without a role that exists', () => tokenFrom(instance.issuerUrl, { sub: 'C1', role: 'admin' }), /claim role/],
  ];

  test.each(cases)('(%s) is answered as one without any, and only the log says why', async (_, make, why) => {
    const token = await make();
    const before = authoriserLog().length;
    const [refused, missing] = [await withToken(token), await get(`orders/${orderId}`)];
    expect([refused.status, missing.status]).toEqual([401, 401]);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    const body = await refused.text();
    expect(body).toBe(await missing.text());
    expect(JSON.parse(body)).toMatchObject({ type: 'urn:waybill:problem:unauthorised', status: 401 });
    const logged = await loggedSince(before, why);
    expect(logged).toMatch(why);
    expect(logged).not.toContain(token);
  });

  test('is told where tokens come from', async () => {
    expect((await get('orders/x')).headers.get('www-authenticate')).toBe(`Bearer realm="${instance.issuerUrl}"`);
  });

  test('gets nowhere but where the API document says that no token is needed', async () => {
    const { paths } = parse(readFileSync(path.join(ROOT, 'docs/openapi.yaml'), 'utf8')) as {
      paths: Record<string, Record<string, { security?: unknown[] }>>;
    };
    const operations = Object.entries(paths).flatMap(([route, methods]) =>
      Object.entries(methods).map(([method, { security }]) => ({ method, route, isOpen: security?.length === 0 })),
    );
    expect(operations.filter(({ isOpen }) => isOpen).map(({ route }) => route)).toContain('/api/v1/health');
    for (const { method, route, isOpen } of operations) {
      const { status } = await callApi(instance.url, route.replace('/api/v1', '').replaceAll(/\{\w+\}/g, orderId), {
        method: method.toUpperCase(),
      });
      expect([method, route, status === 401]).toEqual([method, route, !isOpen]);
    }
  });
});

describe('Customers', () => {
  test('see their own orders, and those of others as little as those that do not exist', async () => {
    for (const route of [`orders/${orderId}`, `orders/${orderId}/history`]) {
      expect((await get(route, await asCustomer(instance.url, 'C1'))).status).toBe(200);
      const others = await get(route, await asCustomer(instance.url, 'C2'));
      expect(others.status).toBe(404);
      expect(await others.json()).toMatchObject({ type: 'urn:waybill:problem:order-not-found' });
    }
  });

  const ofTheirOwn = CONTRACTS.filter(
    ({ callers, path: route }) => callers !== 'anyone' && callers.customers && route.includes('{'),
  );
  test.each(ofTheirOwn.map((contract) => [contract.operationId, contract] as const))(
    'are answered about those of others as about those that do not exist: %s',
    async (_, { method, path: route, examples }) => {
      const body = examples.find((example) => example.body !== undefined && example.answer.status < 300)?.body;
      const asC2 = async (order: string, customerId: string) => {
        const filled = route.replace('{orderId}', order).replace('{customerId}', customerId);
        const answer = await callApi(instance.url, filled, {
          method,
          headers: {
            ...(await asCustomer(instance.url, 'C2')),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return {
          status: answer.status,
          body: (await answer.text()).replaceAll(order, 'ORDER').replaceAll(customerId, 'CUSTOMER'),
        };
      };
      const before = await (await withToken(await tokenFrom(instance.issuerUrl, customer))).text();
      const others = await asC2(orderId, 'C1');
      expect(others).toEqual({ ...(await asC2(randomUUID(), 'C-NOBODY')), status: 404 });
      expect(await (await withToken(await tokenFrom(instance.issuerUrl, customer))).text()).toBe(before);
    },
  );

  test('order for themselves only', async () => {
    const answer = await post(instance.url, orderBody({ customerId: 'C1' }), await asCustomer(instance.url, 'C2'));
    expect([answer.status, await answer.json()]).toEqual([
      403,
      expect.objectContaining({ type: 'urn:waybill:problem:forbidden' }),
    ]);
  });

  test('do not share their Idempotency-Keys', async () => {
    const key = { 'idempotency-key': `shared-${Date.now()}` };
    expect(await place(instance.url, { customerId: 'C1' }, key)).not.toBe(
      await place(instance.url, { customerId: 'C2' }, key),
    );
  });
});

test('Operators see every order if they have the scope for it, and none without', async () => {
  expect((await get(`orders/${orderId}`, await asOperator(instance.url, 'orders:read'))).status).toBe(200);
  expect((await get(`orders/${orderId}`, await asOperator(instance.url, 'orders:approve orders:refund'))).status).toBe(
    403,
  );
  expect((await post(instance.url, orderBody(), await asOperator(instance.url, 'orders:read'))).status).toBe(403);
});

test('When the issuer rotates its keys, tokens of both keys are good', async () => {
  const old = await tokenFrom(instance.issuerUrl, { ...customer, name: 'old' });
  expect((await withToken(old)).status).toBe(200);
  await fetch(`${instance.issuerUrl}/keys/rotate`, { method: 'POST' });
  const fresh = await tokenFrom(instance.issuerUrl, { ...customer, name: 'fresh' });
  // An unknown key makes the authoriser look again at most every five seconds.
  const deadline = Date.now() + 15_000;
  let status = (await withToken(fresh)).status;
  for (; status !== 200 && Date.now() < deadline; status = (await withToken(fresh)).status) await sleep(250);
  expect(status).toBe(200);
  expect((await withToken(await tokenFrom(instance.issuerUrl, { ...customer, name: 'fresh, too' }))).status).toBe(200);
  expect((await withToken(old)).status).toBe(200);
}, 30_000);

describe('npm run token', () => {
  const token = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    run(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(ROOT, 'launch/token.ts'), ...args], {
      env: { ...process.env, NODE_OPTIONS: '', WAYBILL_URL: instance.url, ...env },
    });
  const failure = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    token(args, env).then(
      () => {
        throw new Error('It did not fail.');
      },
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
    );

  test('prints a token for the running instance and nothing else', async () => {
    const { stdout, stderr } = await token([
      '--sub',
      'C1',
      '--role',
      'customer',
      '--name',
      'Li Wei',
      '--email',
      'li@example.com',
      '--expires-in',
      '60',
    ]);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(stderr).toBe('');
    expect((await withToken(stdout.trim())).status).toBe(200);
  });

  test('gives operators their scopes', async () => {
    const { stdout } = await token(['--sub', 'O1', '--role', 'operator', '--scope', 'orders:read orders:approve']);
    expect((await withToken(stdout.trim())).status).toBe(200);
  });

  test.each([
    ['no arguments', [], /--sub and --role are needed[\s\S]*Usage/],
    ['an unknown role', ['--sub', 'C1', '--role', 'admin'], /--role is "admin"; expected customer or operator/],
    ['an unknown option', ['--subject', 'C1'], /--subject[\s\S]*Usage/],
    [
      'a lifetime that is none',
      ['--sub', 'C1', '--role', 'customer', '--expires-in', '1h'],
      /--expires-in is "1h"; expected whole seconds/,
    ],
  ] as const)('with %s says what was expected', async (_, args, said) => {
    expect(await failure(args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(said) });
  });

  test('says so when no instance runs', async () => {
    expect(await failure(['--sub', 'C1', '--role', 'customer'], { WAYBILL_URL: 'http://127.0.0.1:9' })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/No Waybill answers at http:\/\/127\.0\.0\.1:9\. Start one/),
    });
  });
});

test('The commands that npm start prints carry a token, and tokens outlast a restart', async () => {
  const printed = () => /TOKEN=(\S+)/.exec(instance.output())![1]!;
  const before = printed();
  const mine = await bearer(instance.url, customer);
  expect((await withToken(before)).status).toBe(200);
  const { issuerUrl } = instance;
  await instance.kill9();
  instance = await startInstance(dataDir);
  expect(instance.issuerUrl).toBe(issuerUrl);
  expect((await withToken(before)).status).toBe(200);
  expect((await get(`orders/${orderId}`, mine)).status).toBe(200);
}, 90_000);

test('While the issuer cannot be reached by an authoriser that does not know its keys, nobody is refused: 503', async () => {
  await instance.kill9();
  instance = await startInstance(dataDir);
  const token = await tokenFrom(instance.issuerUrl, customer);
  process.kill(await issuerPid(), 'SIGKILL');
  const answer = await withToken(token);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await answer.json()).toMatchObject({ type: 'urn:waybill:problem:temporarily-unavailable', status: 503 });
  expect(await loggedSince(0, /A token could not be checked/)).toMatch(/A token could not be checked/);
  expect((await get('health')).status).toBe(503);
}, 90_000);

/** The simulated issuer is a child of the instance. */
async function issuerPid(): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'pid=,args=', '--ppid', String(instance.process.pid)]);
  return Number.parseInt(
    stdout
      .split('\n')
      .find((line) => line.includes('identity-provider'))!
      .trim(),
    10,
  );
}
