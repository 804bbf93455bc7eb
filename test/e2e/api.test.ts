/** The API as its document promises it: every example, every caller, requests that come again, and requests that nobody should send. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiDocument } from '../../functions/api-docs/http/document/document.ts';
import { ORDER_ID, RETURN_ID } from '../../functions/orders/http/contracts/examples.ts';
import { CONTRACTS } from '../../functions/published/contracts.ts';
import { SCOPES } from '../../functions/shared/http/caller.ts';
import { callApi, faultsOfAnswer } from '../support/api/client.ts';
import { ApiExamples, allowed, type Caller, callersOf, hasFieldsOf, SITUATIONS } from '../support/api/examples.ts';
import { ApiFuzz, type FuzzedRequest, type Known } from '../support/api/fuzz.ts';
import { RawClient } from '../support/api/raw-request.ts';
import { asCustomer, bearer } from '../support/api/tokens.ts';
import { send } from '../support/orders/commands.ts';
import { finalOrder, orderBody, place, post } from '../support/orders/order-requests.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';
import { readLedger } from '../support/platform/partners.ts';
import fc from '../support/run/properties.ts';
import { documentedCommands } from './documented-commands.ts';

const document = apiDocument(CONTRACTS);
const dataDir = temporaryDataDir();
let instance: Instance;
let examples: ApiExamples;
let client: RawClient;

beforeAll(async () => {
  instance = await startInstance(dataDir);
  examples = new ApiExamples(instance.url);
  client = new RawClient(instance.url);
}, 90_000);

afterAll(async () => {
  client?.close();
  await instance?.interrupt();
  removeDataDir(dataDir);
}, 30_000);

const everyExample = CONTRACTS.flatMap((contract) =>
  contract.examples.map((example) => [`${contract.operationId}: ${example.summary}`, contract, example] as const),
);
const isProblem = ({ answer }: { answer: { status: number } }) => answer.status >= 400;

describe('Every example of the document works as it says', () => {
  test.each(everyExample)(
    '%s',
    async (_, contract, example) => {
      const { status, body } = await examples.run(contract, example);
      expect({ status, body }).toMatchObject({ status: example.answer.status });
      // A refusal is word for word the documented one; of other answers the fields are, and their values differ.
      if (isProblem(example)) expect(body).toEqual(example.answer.body);
      else expect({ body, complete: hasFieldsOf(body, example.answer.body) }).toMatchObject({ complete: true });
    },
    60_000,
  );
});

describe('Who may call is as documented', () => {
  const guarded = CONTRACTS.filter(({ callers }) => callers !== 'anyone');
  const call = async ({ method, path }: (typeof CONTRACTS)[number], headers: Record<string, string>) =>
    (await callApi(instance.url, path.replaceAll(/\{\w+\}/g, 'C1'), { method, headers })).status;

  test.each(guarded.map((contract) => [contract.operationId, contract] as const))('%s', async (_, contract) => {
    const { customers, operators } = contract.callers as { customers?: true; operators?: string };
    expect(await call(contract, {})).toBe(401);
    if (!customers) expect(await call(contract, await bearer(instance.url, { sub: 'C1', role: 'customer' }))).toBe(403);
    const otherScopes = SCOPES.filter((scope) => scope !== operators).join(' ');
    expect(await call(contract, await bearer(instance.url, { sub: 'O2', role: 'operator', scope: otherScopes }))).toBe(
      403,
    );
    expect([401, 403]).not.toContain(await call(contract, await allowed(instance.url, contract)));
  });
});

documentedCommands(() => instance);

describe('A repeated request', () => {
  test('with one Idempotency-Key makes one order and one charge, however often and however concurrently it comes', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        post(instance.url, orderBody({ customerId: 'C-REPEAT' }), { 'idempotency-key': key }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202).length).toBeGreaterThanOrEqual(1);
    for (const answer of answers) {
      expect([202, 409]).toContain(answer.status);
      if (answer.status === 409) expect(answer.headers.get('retry-after')).toBeTruthy();
    }
    const replay = await post(instance.url, orderBody({ customerId: 'C-REPEAT' }), { 'idempotency-key': key });
    expect(replay.status).toBe(202);
    const { orderId } = (await replay.json()) as { orderId: string };
    const accepted = await Promise.all(
      answers.filter(({ status }) => status === 202).map((answer) => answer.json() as Promise<{ orderId: string }>),
    );
    for (const answer of accepted) expect(answer.orderId).toBe(orderId);
    await finalOrder(instance.url, orderId);
    const payments = await readLedger(instance.gatewayUrl, orderId);
    expect(payments.filter(({ kind }) => kind === 'authorisation')).toHaveLength(1);
    expect(payments.filter(({ kind }) => kind === 'capture')).toHaveLength(1);
  });

  test('with the same key and another body is refused', async () => {
    const key = randomUUID();
    await place(instance.url, { customerId: 'C-OTHER' }, { 'idempotency-key': key });
    const answer = await post(
      instance.url,
      orderBody({ customerId: 'C-OTHER', items: [{ sku: 'TSHIRT', quantity: 3 }] }),
      { 'idempotency-key': key },
    );
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ type: 'urn:waybill:problem:idempotency-key-reused' });
  });

  test('is told that it is one, and while the first is not answered yet when to come again', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const again = () => post(instance.url, orderBody({ customerId: 'C-FLIGHT' }), key);
    const orderId = await place(instance.url, { customerId: 'C-FLIGHT' }, key);
    const replay = await again();
    expect([replay.status, replay.headers.get('idempotency-replayed'), await replay.json()]).toEqual([
      202,
      'true',
      expect.objectContaining({ orderId }),
    ]);
    await setRecord(orderId, { status: 'INPROGRESS', in_progress_expiration: Date.now() + 60_000 });
    const tooEarly = await again();
    expect([tooEarly.status, tooEarly.headers.get('retry-after')]).toEqual([409, '1']);
    expect(await tooEarly.json()).toMatchObject({ type: 'urn:waybill:problem:idempotency-key-in-use' });
  });

  test('is one for its caller and its operation only', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [mine, other] = [
      await place(instance.url, { customerId: 'C-SCOPE-1' }, key),
      await place(instance.url, { customerId: 'C-SCOPE-2' }, key),
    ];
    expect(other).not.toBe(mine);
    const cancelled = await send(
      instance.url,
      mine,
      'cancel',
      {},
      { headers: { ...key, ...(await asCustomer(instance.url, 'C-SCOPE-1')) } },
    );
    expect([cancelled.status, cancelled.headers.get('idempotency-replayed')]).toEqual([202, null]);
    const repeated = await send(
      instance.url,
      mine,
      'cancel',
      {},
      { headers: { ...key, ...(await asCustomer(instance.url, 'C-SCOPE-1')) } },
    );
    expect([repeated.status, repeated.headers.get('idempotency-replayed'), await repeated.json()]).toEqual([
      202,
      'true',
      await cancelled.json(),
    ]);
    const otherBody = await send(
      instance.url,
      mine,
      'cancel',
      { comment: 'Too late.' },
      { headers: { ...key, ...(await asCustomer(instance.url, 'C-SCOPE-1')) } },
    );
    expect(otherBody.status).toBe(422);
  });

  test('of one that was refused is decided anew', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const orderId = await place(instance.url, { items: [{ sku: 'TSHIRT', quantity: 100 }] });
    const refused = await send(instance.url, orderId, 'ship', {}, { headers: key });
    expect(refused.status).toBe(409);
    const again = await send(instance.url, orderId, 'ship', {}, { headers: key });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([409, null]);
    const corrected = { items: [{ sku: 'TSHIRT', quantity: 2 }] };
    expect((await post(instance.url, orderBody({ items: [{ sku: 'NO-SUCH', quantity: 1 }] }), key)).status).toBe(422);
    expect((await post(instance.url, orderBody(corrected), key)).status).toBe(202);
  });

  /** Changes the idempotency record of the request that placed the order. */
  async function setRecord(orderId: string, attributes: Readonly<Record<string, unknown>>): Promise<void> {
    const { IdempotencyTableName: TableName } = await instance.outputs();
    const { Items = [] } = await instance.db().send(new ScanCommand({ TableName, ConsistentRead: true }));
    const record = Items.find(({ data }) => JSON.stringify(data).includes(orderId));
    await instance.db().send(new PutCommand({ TableName, Item: { ...record, ...attributes } }));
  }
});

describe('What nobody should send', () => {
  /** Of each property of each endpoint; a request takes some 10 ms. */
  const RUNS = { numRuns: 24 };
  const operations = Object.entries(document.paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route, method, operation })),
  );
  const contractOf = ({ operation }: (typeof operations)[number]) =>
    CONTRACTS.find(({ operationId }) => operationId === operation.operationId)!;
  const fuzz = new ApiFuzz(document);
  /** Each command has an order of its own, with which it could be carried out. */
  let known: ReadonlyMap<string, Known>;

  beforeAll(async () => {
    const names = operations.map(contractOf).map(async ({ operationId, examples: [example] }) => {
      const { [ORDER_ID]: orderId, [RETURN_ID]: returnId } = await SITUATIONS[example!.given ?? 'a confirmed order'](
        instance.url,
      );
      return [operationId, { orderId: orderId!, customerId: 'C1', returnId: returnId ?? orderId! }] as const;
    });
    known = new Map(await Promise.all(names));
    await settled();
  }, 60_000);

  /** Sends what is drawn, and looks at each answer. `look` gets what the document does not say. */
  const check = async (
    of: (typeof operations)[number],
    callers: readonly Caller[],
    wanted: (request: FuzzedRequest) => boolean,
    look: (status: number, caller: Caller) => string[],
  ) => {
    const { route, method, operation } = of;
    const requests = fc.constantFrom(...callers).chain((caller) =>
      fuzz
        .requestsFor(route, method, operation, known.get(operation.operationId)!, caller.headers)
        .filter(wanted)
        .map((request) => ({ caller, request })),
    );
    await fc.assert(
      fc.asyncProperty(requests, async ({ caller, request }) => {
        const answer = await client.send(request);
        const faults = [
          ...(answer.status >= 500 ? ['a 5xx'] : faultsOfAnswer(request.method, request.path.split('?')[0]!, answer)),
          ...look(answer.status, caller),
        ];
        if (faults.length > 0) throw new Error(`${faults.join('; ')}\n${answer.status} ${answer.text.slice(0, 500)}`);
      }),
      RUNS,
    );
  };
  const named = (list: typeof operations) =>
    list.map((each) => [`${each.method.toUpperCase()} ${each.route}`, each] as const);
  const checked = operations.filter(
    ({ operation: { requestBody, parameters } }) =>
      requestBody ?? parameters.some((each) => 'in' in each && each.in === 'query'),
  );

  test.each(named(checked))(
    'is refused when the document tells that it must be, and leaves nothing behind: %s',
    async (_, operation) => {
      const before = await stored();
      const caller = { isWelcome: true, headers: await allowed(instance.url, contractOf(operation)) };
      await check(
        operation,
        [caller],
        ({ refusable }) => refusable,
        (status) => (status < 400 ? ['it is not valid by the document, and was taken'] : []),
      );
      expect(await stored()).toEqual(before);
    },
    60_000,
  );

  test.each(named(operations))(
    'is answered as documented, and never with a 5xx, whoever sends it: %s',
    async (_, operation) => {
      const contract = contractOf(operation);
      await check(
        operation,
        await callersOf(instance.url, contract),
        () => true,
        (status, { isWelcome }) => (status < 400 && !isWelcome ? ['the caller may not do this'] : []),
      );
    },
    60_000,
  );

  /** Every item of every table, except how many requests callers have left. */
  async function stored(): Promise<Record<string, unknown[]>> {
    const tables = Object.entries(await instance.outputs()).filter(
      ([name]) => name.endsWith('TableName') && !name.startsWith('RateLimits'),
    );
    const db = instance.db();
    const contents = await Promise.all(
      tables.map(async ([name, table]) => {
        const { Items = [] } = await db.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
        return [name, Items.map((item) => JSON.stringify(item)).sort()] as const;
      }),
    );
    return Object.fromEntries(contents);
  }

  /** Waits until nothing follows from what was accepted before. */
  async function settled(): Promise<void> {
    for (let last = '', quiet = 0; quiet < 10; await sleep(300)) {
      const now = JSON.stringify(await stored());
      quiet = now === last ? quiet + 1 : 0;
      last = now;
    }
  }
});
