import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiDocument } from '../../../functions/api-docs/http/document/document.ts';
import { ORDER_ID, RETURN_ID } from '../../../functions/orders/http/contracts/examples.ts';
import { INSTANCE } from '../../../functions/partners/http/contracts/partners.ts';
import { CONTRACTS } from '../../../functions/published/contracts.ts';
import { PROBLEMS } from '../../../functions/published/problems.ts';
import { faultsOfAnswer } from '../../support/api/client.ts';
import { allowed, type Caller, callersOf } from '../../support/api/contract-calls.ts';
import { ApiFuzz, type FuzzedRequest, type Known } from '../../support/api/fuzz.ts';
import { RawClient } from '../../support/api/raw-request.ts';
import { situation } from '../../support/api/situations.ts';
import { Bank } from '../../support/platform/bank.ts';
import { changesOf, storedItems, untilSettled } from '../../support/platform/stored.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import fc from '../../support/run/properties.ts';

const document = apiDocument(CONTRACTS, PROBLEMS);

export function generatedRequests(platform: SuitePlatform): void {
  let client: RawClient;
  beforeAll(() => {
    client = new RawClient(platform.instance.url);
  });
  afterAll(() => client?.close());

  describe('A made-up request', () => {
    /** Of each property of each endpoint: `npm run api-fuzz` sends hundreds. */
    const RUNS = { numRuns: 8 };
    const operations = Object.entries(document.paths).flatMap(([route, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ route, method, operation })),
    );
    const contractOf = ({ operation }: (typeof operations)[number]) =>
      CONTRACTS.find(({ operationId }) => operationId === operation.operationId)!;
    const fuzz = new ApiFuzz(document);
    /** By operation: each command has an order of its own, for which it could be carried out. */
    let known: ReadonlyMap<string, Known>;
    /** Nothing that follows may change it, as long as no request is carried out. */
    let stored: Awaited<ReturnType<typeof storedItems>>;

    beforeAll(async () => {
      const found = operations.map(contractOf).map(async ({ operationId, path, examples: [example] }) => {
        const given = example!.given ?? (path.includes('{orderId}') ? undefined : 'no instance');
        const names = await situation(platform.instance.url, given, new Bank(() => platform.instance));
        const { [ORDER_ID]: orderId = '', [RETURN_ID]: returnId = orderId, [INSTANCE]: instanceId = 'none' } = names;
        return [operationId, { orderId, customerId: 'C1', returnId, partner: 'carrier', instanceId }] as const;
      });
      known = new Map(await Promise.all(found));
      await untilSettled(platform.instance);
      stored = await storedItems(platform.instance);
    });

    /** Sends generated requests and checks each answer against the document; `look` checks what the document does not say. */
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

    test.each(named(checked))('is refused when it violates the document: %s', async (_, operation) => {
      const caller = { isWelcome: true, headers: await allowed(platform.instance.url, contractOf(operation)) };
      await check(
        operation,
        [caller],
        ({ refusable }) => refusable,
        (status) => (status < 400 ? ['it violates the document, and was accepted'] : []),
      );
    });

    // To read all tables takes longer than to send the requests of an operation.
    test('has stored nothing where it was refused', async () => {
      // As text: a failure shows all of it.
      expect(changesOf(stored, await storedItems(platform.instance)).join('\n')).toBe('');
    });

    test.each(named(operations))(
      'is answered as documented, and never with a 5xx, for every caller: %s',
      async (_, operation) => {
        const contract = contractOf(operation);
        await check(
          operation,
          await callersOf(platform.instance.url, contract),
          () => true,
          (status, { isWelcome }) => (status < 400 && !isWelcome ? ['the caller may not do this'] : []),
        );
      },
    );
  });
}
