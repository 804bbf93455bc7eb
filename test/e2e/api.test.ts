/** The API as its document promises it: every example, every caller, and requests that nobody should send. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { CONTRACTS } from '../../functions/api-docs/contracts.ts';
import { apiDocument } from '../../functions/api-docs/document.ts';
import { SCOPES } from '../../functions/shared/edge/caller.ts';
import { callApi, faultsOfAnswer } from '../support/api-client.ts';
import { allowed, ApiExamples, hasFieldsOf } from '../support/api-examples.ts';
import { ApiFuzz, type FuzzedRequest, type Known } from '../support/api-fuzz.ts';
import { removeDataDir, startInstance, temporaryDataDir, type Instance } from '../support/instance.ts';
import { finalOrder, place } from '../support/orders.ts';
import fc from '../support/properties.ts';
import { RawClient } from '../support/raw-request.ts';
import { bearer } from '../support/tokens.ts';

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

const everyExample = CONTRACTS.flatMap((contract) => contract.examples.map((example) => [`${contract.operationId}: ${example.summary}`, contract, example] as const));
const isProblem = ({ answer }: { answer: { status: number } }) => answer.status >= 400;

describe('Every example of the document works as it says', () => {
  test.each(everyExample)('%s', async (_, contract, example) => {
    const { status, body } = await examples.run(contract, example);
    expect({ status, body }).toMatchObject({ status: example.answer.status });
    // A refusal is word for word the documented one; of other answers the fields are, and their values differ.
    if (isProblem(example)) expect(body).toEqual(example.answer.body);
    else expect({ body, complete: hasFieldsOf(body, example.answer.body) }).toMatchObject({ complete: true });
  }, 60_000);
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
    expect(await call(contract, await bearer(instance.url, { sub: 'O2', role: 'operator', scope: otherScopes }))).toBe(403);
    expect([401, 403]).not.toContain(await call(contract, await allowed(instance.url, contract)));
  });
});

describe('What nobody should send', () => {
  const RUNS = 40;
  const operations = Object.entries(document.paths).flatMap(([route, methods]) => Object.entries(methods).map(([method, operation]) => ({ route, method, operation })));
  const fuzz = new ApiFuzz(document);
  let known: Known;

  beforeAll(async () => {
    const orderId = await place(instance.url);
    await finalOrder(instance.url, orderId);
    known = { orderId, customerId: 'C1', returnId: orderId };
    await settled();
  }, 60_000);

  /** Sends what is drawn, and looks at each answer. `look` gets what the document does not say. */
  const check = async ({ route, method, operation }: (typeof operations)[number], wanted: (request: FuzzedRequest) => boolean, look: (status: number) => string[]) => {
    const caller = await allowed(instance.url, CONTRACTS.find(({ operationId }) => operationId === operation.operationId)!);
    await fc.assert(fc.asyncProperty(fuzz.requestsFor(route, method, operation, known, caller).filter(wanted), async (request) => {
      const answer = await client.send(request);
      const faults = [...(answer.status >= 500 ? ['a 5xx'] : faultsOfAnswer(request.method, request.path.split('?')[0]!, answer)), ...look(answer.status)];
      if (faults.length > 0) throw new Error(`${faults.join('; ')}\n${answer.status} ${answer.text.slice(0, 500)}`);
    }), { numRuns: RUNS });
  };
  const named = (list: typeof operations) => list.map((each) => [`${each.method.toUpperCase()} ${each.route}`, each] as const);
  const checked = operations.filter(({ operation: { requestBody, parameters } }) => requestBody ?? parameters.some((each) => 'in' in each && each.in === 'query'));

  test.each(named(checked))('is refused when the document tells that it must be, and leaves nothing behind: %s', async (_, operation) => {
    const before = await stored();
    await check(operation, ({ refusable }) => refusable, (status) => (status < 400 ? ['it is not valid by the document, and was taken'] : []));
    expect(await stored()).toEqual(before);
  }, 60_000);

  test.each(named(operations))('is answered as documented, and never with a 5xx: %s', async (_, operation) => {
    await check(operation, () => true, () => []);
  }, 60_000);

  /** Every item of every table, except how many requests callers have left. */
  async function stored(): Promise<Record<string, unknown[]>> {
    const tables = Object.entries(await instance.outputs()).filter(([name]) => name.endsWith('TableName') && !name.startsWith('RateLimits'));
    const db = instance.db();
    const contents = await Promise.all(tables.map(async ([name, table]) => {
      const { Items = [] } = await db.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
      return [name, Items.map((item) => JSON.stringify(item)).sort()] as const;
    }));
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
