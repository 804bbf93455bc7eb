import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import '../support/run/properties.ts';
import { EXPLAINED } from './explained.ts';
import { REFUSED, TAKEN } from './limits.ts';
import { isSame, type Outcome, outcomeOf } from './outcome.ts';
import { anyRequest, type Request } from './requests.ts';
import { empty, startBoth, type TwoEngines } from './two-engines.ts';

const SEQUENCES = Number(process.env.WAYBILL_SEQUENCES ?? 60);
const REQUESTS_OF_ONE = 30;

let engines: TwoEngines;
beforeAll(async () => {
  engines = await startBoth();
});
afterAll(() => engines.close());

const both = <Result>(use: (engine: TwoEngines['dynoxide']) => Promise<Result>): Promise<[Result, Result]> =>
  Promise.all([use(engines.dynoxide), use(engines.dynamoDbLocal)]);
const emptyBoth = () => both(empty);
const askBoth = (request: Request): Promise<[Outcome, Outcome]> => both((engine) => outcomeOf(engine, request));

beforeEach(emptyBoth);

test('Both engines give the same answers to the same requests, but for what is explained', async () => {
  await fc.assert(
    fc
      .asyncProperty(
        fc.array(anyRequest, { minLength: 1, maxLength: REQUESTS_OF_ONE, size: 'max' }),
        async (requests) => {
          for (const request of requests) {
            const [dynoxide, dynamoDbLocal] = await askBoth(request);
            if (isSame(dynoxide, dynamoDbLocal)) continue;
            const explained = EXPLAINED.some(({ isThis }) => isThis(request, dynoxide, dynamoDbLocal));
            if (!explained) expect({ request, outcome: dynoxide }).toEqual({ request, outcome: dynamoDbLocal });
            // One of them may have written, and the other not.
            await emptyBoth();
          }
        },
      )
      .beforeEach(async () => void (await emptyBoth())),
    { numRuns: SEQUENCES },
  );
});

describe('What is explained is still so', () => {
  test.each(EXPLAINED)('$difference; on AWS: $onAws', async ({ example, isThis }) => {
    const before = example.slice(0, -1);
    const shown = example.at(-1)!;
    for (const request of before) await askBoth(request);
    const [dynoxide, dynamoDbLocal] = await askBoth(shown);
    expect([isSame(dynoxide, dynamoDbLocal), isThis(shown, dynoxide, dynamoDbLocal)]).toEqual([false, true]);
  });
});

describe('At the limits of DynamoDB', () => {
  test.each(TAKEN)('both take %s, and give it back alike', async (_, request) => {
    for (const outcome of await askBoth(request)) expect(outcome).toHaveProperty('answer');
    const [one, other] = await askBoth({ operation: 'Scan', input: { TableName: 'plain' } });
    expect(one).toEqual(other);
  });

  test.each(REFUSED)('both refuse %s, with the same error', async (_, request) => {
    const [one, other] = await askBoth(request);
    expect([one, isSame(one, other)]).toEqual([expect.objectContaining({ error: expect.any(String) }), true]);
  });

  test('a page ends at a megabyte, before the item that goes beyond it or after it, and the pages together have all', async () => {
    const sizes = [399_000, 399_000, 249_000, 2_000, 100_000];
    for (const [index, size] of sizes.entries()) {
      const Item = { id: { S: 'p' }, at: { N: String(index) }, a: { S: 'x'.repeat(size) } };
      await both((engine) => engine.tableCommand('PutItem', { TableName: 'sorted', Item }));
    }
    const input = {
      TableName: 'sorted',
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: 'p' } },
    };
    const firstPages = await both((engine) => engine.tableCommand('Query', input));
    expect(firstPages.map(({ Count }) => Count)).toEqual([3, 4]);
    for (const outcome of await askBoth({ operation: 'Query', input })) {
      expect(outcome).toHaveProperty('answer.Items.length', sizes.length);
    }
  });
});
